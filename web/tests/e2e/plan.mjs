// The plan of a year: a published document is read in, reviewed, adopted and signed; a quantity is reported and approved,
// and the light follows; a meeting is held, a circular issued, and the public page shows it. As six people at their screens.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { DESKTOP, person } from './browser.mjs'
import { accessible, skipped, step, verify } from './check.mjs'
import { actOn, api, download, enter, moveAtDesk, photo } from './people.mjs'

const DOCUMENT = resolve(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'plan2014.txt')
const WORDS = '今年新建五十公里自来水管'
const DECISION = '一周内报出管道工程的赶工安排'
const TITLE = '关于要点推进情况的通报'

/** Opens a page of the plan under test. */
const at = (world, path) => `${world.base}/c/plan/${world.draft}/${path}`
const meter = (page, part) => page.locator(`[data-meter="${part}"] .n`).innerText()
const meterReads = (page, part, text) => page.waitForFunction(([name, wanted]) => document.querySelector(`[data-meter="${name}"] .n`)?.textContent === wanted, [part, text])
const commitmentsOf = async (page, world) => (await api(page, `/plans/${world.draft}`)).commitments

/** Shows a commitment by its words in the document. */
async function show(page, id) {
  await page.click(`[data-promise="${id}"]`)
  await page.waitForSelector(`[data-commitment="${id}"]`)
}

/** The supervision office reads the document in, for the year the demo city is in. */
async function read(world) {
  const page = await person(world.browser, DESKTOP)
  world.reviewer = page
  await step('the supervision office opens the plans', page, async () => {
    await enter(page, world.base, '/c', world.login('supervisor'))
    await page.goto(`${world.base}/c/plan`)
    await page.waitForSelector('[data-plan]')
    world.year = (await api(page, '/plans')).items[0].year
  })
  await accessible('plans', page)
  await step('without a file the dialog says what is missing', page, async () => {
    await page.click('[data-import]')
    await page.click('dialog[open] button.primary')
    await page.waitForSelector('dialog[open] [role="alert"]')
  })
  await accessible('import of a plan', page)
  await step('the published document is read in: 48 items, nothing confirmed yet', page, async () => {
    await page.setInputFiles('#plan-file', DOCUMENT)
    await page.fill('#plan-year', String(world.year))
    await page.click('dialog[open] button.primary')
    await page.waitForURL(/plan\/\d+\/review/)
    await page.waitForSelector('[data-commitment]')
    world.draft = Number(/plan\/(\d+)/.exec(page.url())[1])
    const items = await page.locator('.document article').count()
    verify(items === 48, `${items} items`)
    verify(/^0\/\d{2,}$/.test(await meter(page, 'confirmed')), await meter(page, 'confirmed'))
    verify((await page.locator('.meter .whole').innerText()).startsWith('0%'), 'the meter does not start at nothing')
  })
  await accessible('review of a plan', page)
}

/** Three promises are confirmed by hand, each in its own way; the meter follows. */
async function review(world) {
  const page = world.reviewer
  const all = (await commitmentsOf(page, world)).length
  await step('a promise is confirmed by one key, and the next one comes under hand', page, async () => {
    const first = await page.getAttribute('[data-commitment]', 'data-commitment')
    await page.keyboard.press('y')
    await page.waitForSelector(`[data-promise="${first}"].confirmed`)
    await page.waitForSelector(`[data-commitment]:not([data-commitment="${first}"])`)
    await meterReads(page, 'confirmed', `1/${all}`)
  })
  await step('a promise is confirmed after its open question was answered', page, async () => {
    await page.click('[data-meter="question"]')
    const question = page.locator('[data-question]').first()
    await question.locator('input').fill('年底前完成可研批复并开工')
    await question.locator('button').click()
    await question.locator('ol li:has-text("年底前完成可研批复并开工")').waitFor()
    verify((await meter(page, 'question')).startsWith('1/'), await meter(page, 'question'))
    await accessible('review, a question answered', page)
    await page.click('[data-confirm]')
    await meterReads(page, 'confirmed', `2/${all}`)
  })
  await step('a promise is confirmed after its class was corrected', page, async () => {
    await show(page, '02.01')
    await page.selectOption('[data-commitment="02.01"] select[aria-label="类别"]', 'target_rate')
    await page.waitForSelector('[data-promise="02.01"][data-class="target_rate"]')
    await page.keyboard.press('y')
    await meterReads(page, 'confirmed', `3/${all}`)
  })
  await step('a promise is split by key at its comma and joined again', page, async () => {
    const long = (await commitmentsOf(page, world)).find((one) => !one.confirmed && /^[^,，、]+[,，]./.test(one.text))
    await show(page, long.id)
    await page.keyboard.press('s')
    await page.locator('[role="slider"]').press('PageUp')
    await accessible('review, a promise to be split', page)
    await page.click('button:has-text("在此拆开")')
    await page.waitForSelector(`[data-promise="${long.id}b"]`)
    await meterReads(page, 'confirmed', `3/${all + 1}`)
    await page.click('button:has-text("与下一条合并")')
    await page.waitForSelector(`[data-promise="${long.id}b"]`, { state: 'detached' })
    await meterReads(page, 'confirmed', `3/${all}`)
  })
  await step('a promise is put in plain words for the public', page, async () => {
    const pipes = (await commitmentsOf(page, world)).find((one) => one.binding?.kind === 'count' && one.text.includes('50公里'))
    world.pipes = pipes.id
    await show(page, pipes.id)
    await page.fill('#words', WORDS)
    await page.locator('form:has(#words) button').click()
    await page.locator('form:has(#words) button').waitFor({ state: 'detached' })
  })
}

/** What is left is settled as the same person by the API, but for the last promise. */
async function settle(world) {
  const page = world.reviewer
  await step('the rest is given leads, bound, watched, answered and confirmed, but for one', page, async () => {
    const commitments = await commitmentsOf(page, world)
    const lead = commitments.find((one) => one.lead).lead
    const commands = commitments.flatMap((one) => [
      ...(one.lead ? [] : [{ act: 'name_offices', commitment: one.id, lead, assist: [] }]),
      ...(one.binding ? [] : [{ act: 'bind', commitment: one.id, binding: { kind: 'opinion' } }]),
      ...(['count', 'indicator', 'duty'].includes(one.binding?.kind) && !one.counter ? [{ act: 'watch', commitment: one.id, counter: { kind: 'indicator', text: '抽查不合格数' } }] : []),
      ...(one.questions ?? []).filter((asked) => !asked.answers?.length).map((asked) => ({ act: 'answer', commitment: one.id, question: asked.id, text: '按年度计划执行' })),
    ])
    const open = commitments.filter((one) => !one.confirmed).map((one) => one.id)
    world.last = open.pop()
    await actOn(page, world.draft, [...commands, { act: 'confirm', commitments: open }])
  })
}

/** The leader sees what is missing; the reviewer mends it; the leader puts the plan in force. */
async function adopt(world) {
  const page = await person(world.browser, DESKTOP)
  world.leader = page
  await step('the leader sees what is missing, and is led there', page, async () => {
    await enter(page, world.base, '/c', world.login('leader'))
    await page.goto(at(world, 'review'))
    await page.click('[data-adopt-open]')
    await page.waitForSelector('dialog[open] .missing li')
    verify((await page.locator('dialog[open] .missing li').count()) === 1, 'more than one is missing')
    verify((await page.getAttribute('[data-adopt] button', 'aria-disabled')) === 'true', 'it could be adopted as it is')
    await accessible('what is missing', page)
    await page.click('dialog[open] .missing button')
    await page.waitForSelector(`[data-commitment="${world.last}"]`)
  })
  await step('the reviewer confirms the last one, and everything is at a hundred percent', world.reviewer, async () => {
    await world.reviewer.goto(at(world, `review?c=${world.last}`))
    await world.reviewer.click('[data-confirm]')
    await world.reviewer.waitForSelector('.meter .whole:has-text("100%")')
  })
  await step('the leader puts the plan in force', page, async () => {
    await page.reload()
    await page.click('[data-adopt-open]')
    await page.click('[data-adopt]')
    await page.waitForURL(/letters/)
    await page.waitForSelector('[data-letter]')
  })
  await accessible('letters', page)
}

/** Signs the letter that is open, with the password asked again. */
async function signAs(page, side, password) {
  await page.click(`[data-sign-side="${side}"] button:not([aria-disabled="true"])`)
  await page.fill('#sign-password', password)
  await page.click('[data-sign]')
  await page.waitForSelector(`[data-sign-side="${side}"]`, { state: 'detached' })
}

/** The head of the office and the leader sign; the share rises; the letter can be printed. */
async function sign(world) {
  const head = await person(world.browser, DESKTOP, world.place)
  world.head = head
  const lead = (await commitmentsOf(world.leader, world)).find((one) => one.id === world.pipes).lead
  await step('the head of the office signs its letter, not with a wrong password', head, async () => {
    await enter(head, world.base, '/c', 'head-utilities')
    await head.goto(at(world, 'letters'))
    await head.click(`[data-letter="${lead}"] a`)
    await head.click('[data-sign-side="office"]')
    await head.fill('#sign-password', 'not this one')
    await head.click('[data-sign]')
    await head.waitForSelector('dialog[open] [role="alert"]')
    await accessible('signing', head)
    await head.keyboard.press('Escape')
    await signAs(head, 'office', world.passwordOf('head-utilities'))
    verify((await head.locator('.hand').count()) === 1, 'no signature is shown')
  })
  await step('the leader signs for the bureau, and the signed share rises', world.leader, async () => {
    const page = world.leader
    await page.goto(at(world, `letters/${lead}`))
    await signAs(page, 'bureau', world.passwordOf(world.login('leader')))
    verify((await page.locator('.hand').count()) === 2, 'there are not two signatures')
    await accessible('a letter, signed', page)
    const bytes = await download(page, () => page.click('a:text-is(".docx")'))
    verify(bytes.subarray(0, 2).toString() === 'PK' && bytes.includes('word/document.xml'), 'the letter is not a .docx')
    await page.goto(at(world, 'letters'))
    await page.waitForSelector(`[data-letter="${lead}"]:has-text("✓")`)
    const { signed, all } = await api(page, `/plans/${world.draft}/letters`)
    verify(signed === 1 && (await page.locator('.figure').first().innerText()) === `${Math.floor(100 / all)}%`, `${signed} of ${all} are signed`)
  })
}

/** The whole quantity is reported with its photo; nothing turns until another post has approved it. */
async function report(world) {
  const page = world.head
  const line = at(world, `ledger/${world.pipes.replace('.', '-')}`)
  await step('the head of the office reports the whole quantity with a photo and its place', page, async () => {
    await page.goto(line)
    await page.waitForSelector('.head .big [data-line-light="red"]')
    await page.click('[data-do="report"]')
    const form = page.locator('dialog[open]')
    await form.getByLabel(/完成数量/).fill('50')
    await form.getByPlaceholder('经度, 纬度').fill(world.place.map((n) => n.toFixed(5)).join(', '))
    await form.getByPlaceholder('经度, 纬度').blur()
    await form.locator('input[type="file"]').first().setInputFiles([await photo(world.browser, '管道', '#8a9a7a')])
    await form.locator('.shots img').waitFor()
    await accessible('report of progress', page)
    await form.locator('button.primary').click()
    await form.waitFor({ state: 'detached' })
  })
  await step('the report waits, and the line is as red as before', page, async () => {
    await page.waitForSelector('[data-standing="pending"]')
    verify((await page.locator('[data-standing]').count()) === 1, 'there is more than one report')
    await page.waitForSelector('dt:has-text("待审核") + dd:text-is("1")')
    verify((await page.locator('.head .big [data-line-light="red"]').count()) === 1, 'the light turned without approval')
  })
  await accessible('a line with a report waiting', page)
  await step('the supervision office opens the case from the line and approves it', world.reviewer, async () => {
    await world.reviewer.goto(line)
    await world.reviewer.click('[data-standing="pending"] td:last-child a')
    await world.reviewer.waitForSelector('.head h1')
    await moveAtDesk(world.reviewer, 'approve', {}, 'approval of a report')
  })
  await step('the open line of the office turns green by itself, marked as self-reported', page, async () => {
    await page.waitForSelector('.head .big [data-line-light="green"]', { timeout: 30_000 })
    await page.waitForSelector('[data-standing="counted"]')
    verify((await page.locator('.head [data-source="self_reported"]').innerText()).trim() === '自报', 'the source is not said')
    verify((await page.locator('.head .figure').innerText()).replace(/\s/g, '').startsWith('50/50'), 'the value is not the target')
  })
  await accessible('a line that is done', page)
  await step('the row opens to its photo', page, async () => {
    await page.click('[data-standing="counted"] td:first-child a')
    await page.waitForURL(/case\/\d+/)
    await page.waitForFunction(() => [...document.querySelectorAll('main img')].some((image) => image.complete && image.naturalWidth > 0))
  })
}

/** The weekly meeting is recorded; its decision is a case and heads the next agenda. */
async function meet(world) {
  const page = world.reviewer
  await step('the weekly meeting is recorded with one decision', page, async () => {
    await page.goto(at(world, 'meetings'))
    await page.waitForSelector('.agenda h3')
    await page.click('[data-record-open]')
    const form = page.locator('dialog[open]')
    await form.locator('#present').fill('各处室负责人')
    await form.locator('#minutes').fill('逐项研究红灯任务。')
    await form.locator('button:has-text("增加决定")').click()
    await form.locator('#decision-0').fill(DECISION)
    await form.locator('#about-0').selectOption(world.pipes)
    const owner = form.getByRole('combobox', { name: /谁负责/ })
    await owner.fill('公用事业处')
    await owner.press('Enter')
    verify((await owner.inputValue()) === '公用事业处', await owner.inputValue())
    await accessible('record of a meeting', page)
    await form.locator('[data-record]').click()
    await form.waitFor({ state: 'detached' })
  })
  await step('the decision heads the next agenda, and it is a case', page, async () => {
    const first = page.locator('.agenda ul').first().locator('li').first()
    await first.filter({ hasText: DECISION }).waitFor()
    verify((await first.innerText()).includes('公用事业处'), await first.innerText())
    await accessible('meetings', page)
    await first.locator('a').click()
    await page.waitForURL(/case\/\d+/)
    await page.waitForSelector(`main:has-text("${DECISION}")`)
  })
}

/** A circular is drafted, edited, issued with a number and released; from then on it stands. */
async function circulate(world) {
  const page = world.reviewer
  await step('a circular is drafted from frozen numbers and its text edited', page, async () => {
    await page.goto(at(world, 'circulars'))
    await page.click('[data-draft]')
    await page.waitForSelector('#circular-title')
    await accessible('draft of a circular', page)
    await page.fill('#circular-title', TITLE)
    const body = await page.inputValue('#circular-body')
    verify(body.length > 100, `the draft has no text: ${body}`)
    await page.fill('#circular-body', `${body}\n请各单位对照查找差距。`)
    await page.click('[data-save]')
    await page.waitForSelector('[data-save]', { state: 'detached' })
  })
  await step('it is issued with a number and released', page, async () => {
    await page.click('[data-issue-open]')
    await accessible('issue of a circular', page)
    await page.click('[data-issue]')
    await page.waitForSelector('.paper .no:has-text("号")')
    world.number = (await page.locator('.paper .no').innerText()).trim()
    await page.click('[data-release-open]')
    await page.click('[data-release]')
    await page.waitForSelector('[data-release-open]', { state: 'detached' })
  })
  await step('what is issued cannot be edited, and the page says why', page, async () => {
    verify((await page.locator('#circular-body, [data-save]').count()) === 0, 'it can still be edited')
    await page.waitForSelector('[data-issued]:has-text("不再更改")')
    const circular = Number(/circulars\/(\d+)/.exec(page.url())[1])
    const answer = await actOn(page, world.draft, [{ act: 'edit_circular', circular, title: '改', body: '改' }], true)
    verify(answer.status >= 400 && answer.detail, JSON.stringify(answer))
  })
  await accessible('a circular', page)
}

/** A citizen without scripts reads the promise, its light and number, and the circular. */
async function publish(world) {
  const context = await world.browser.newContext({ javaScriptEnabled: false, locale: 'zh-CN' })
  const page = await context.newPage()
  await step('the public page shows the promise without scripts: words, light, number and photo', page, async () => {
    await page.goto(`${world.base}/promises?year=${world.year}`)
    const promise = page.locator(`[id="p-${world.pipes}"]`)
    const text = await promise.innerText()
    verify(text.includes(WORDS) && text.includes('绿灯') && text.includes('50 / 50 公里'), text)
    verify((await promise.locator('img').count()) === 1, 'there is no photo')
  })
  await step('the released circular opens there', page, async () => {
    await page.click(`a:has-text("${TITLE}")`)
    await page.waitForSelector(`h1:has-text("${TITLE}")`)
    const text = await page.innerText('body')
    verify(text.includes(world.number) && text.includes('请各单位对照查找差距。'), text)
  })
  // The audit is a script itself, so it looks at the same two pages where scripts run.
  const looked = await person(world.browser, DESKTOP)
  for (const [name, address] of [['promises', `${world.base}/promises?year=${world.year}`], ['a public circular', page.url()]]) {
    await looked.goto(address)
    await accessible(name, looked)
  }
  for (const one of [page, looked, world.reviewer, world.leader, world.head]) await one.context().close()
}

const imported = [read, review, settle, adopt, sign, report, meet, circulate, publish]

/** The whole way of a plan, from the published document; without the document there is nothing to go by. */
async function fromDocument(world) {
  if (!existsSync(DOCUMENT)) return skipped('the plan from its document', `${DOCUMENT} is not there`)
  for (const part of imported) await part(world)
}

export const plan = [fromDocument]
