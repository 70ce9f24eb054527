// The plan of a year: a published document is read in, reviewed, adopted and signed; a quantity is reported and approved;
// a meeting is held, a circular issued, and the public page shows it.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { DESKTOP, person } from './browser.mjs'
import { accessible, step, verify } from './check.mjs'
import { api, enter, moveAtDesk, photo } from './people.mjs'

const DOCUMENT = resolve(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'plan2014.txt')
const YEAR = new Date().getFullYear()

/** Asks something of a plan as whoever is logged in on the page; answers the status. */
function act(page, plan, command) {
  return page.evaluate(async ([id, asked]) => {
    const { csrf } = await (await fetch('/api/v1/session')).json()
    const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf, 'idempotency-key': crypto.randomUUID() }
    return (await fetch(`/api/v1/plans/${id}/acts`, { method: 'POST', headers, body: JSON.stringify({ if_seq: null, act: asked }) })).status
  }, [plan, command])
}

/** The supervision office reads the document in and reviews three promises by key; the rest is settled by the API. */
async function review(world) {
  if (!existsSync(DOCUMENT)) {
    console.log(`skip  ${DOCUMENT} is not there: no document to import`)
    return
  }
  const page = await person(world.browser, DESKTOP)
  await step('the supervision office reads the published document in', page, async () => {
    await enter(page, world.base, '/c', world.login('supervisor'))
    await page.goto(`${world.base}/c/plan`)
    await page.click('button:has-text("导入文件")')
    await page.setInputFiles('#plan-file', DOCUMENT)
    await page.fill('#plan-year', String(YEAR + 1))
    await page.click('dialog[open] button.primary')
    await page.waitForURL(/plan\/\d+\/review/)
    await page.waitForSelector('[data-commitment]')
    world.draft = Number(/plan\/(\d+)/.exec(page.url())[1])
  })
  await accessible('review of a plan', page)
  const confirmed = async () => (await api(page, `/plans/${world.draft}`)).coverage.confirmed
  await step('three promises are confirmed by key', page, async () => {
    for (const n of [1, 2, 3]) {
      await page.keyboard.press('y')
      await page.waitForFunction((all) => document.querySelectorAll('.promise.confirmed').length >= all, n)
    }
    verify((await confirmed()) === 3, `${await confirmed()} are confirmed`)
  })
  await step('a promise is split at its first clause and joined again', page, async () => {
    const { commitments } = await api(page, `/plans/${world.draft}`)
    const long = commitments.find((one) => /[,，、]./.test(one.text) && one.text.length > 20)
    await page.goto(`${world.base}/c/plan/${world.draft}/review?c=${long.id}`)
    await page.waitForSelector(`[data-commitment="${long.id}"]`)
    await page.keyboard.press('s')
    await page.click('button:has-text("在此拆开")')
    await page.waitForSelector(`[data-commitment="${long.id}a"]`)
    await page.click('button:has-text("与下一条合并")')
    await page.waitForFunction((id) => !document.querySelector(`[data-promise="${id}b"]`), long.id)
  })
  await step('what is missing is listed before adoption', page, async () => {
    await page.click('[data-adopt-open]')
    await page.waitForSelector('dialog[open] .missing li')
    await page.keyboard.press('Escape')
  })
  await settle(page, world)
  await page.context().close()
}

async function settle(page, world) {
  await step('everything else is bound, watched, answered and confirmed', page, async () => {
    const { commitments } = await api(page, `/plans/${world.draft}`)
    const lead = commitments.find((one) => one.lead)?.lead
    for (const one of commitments) {
      const commands = []
      if (!one.lead) commands.push({ act: 'name_offices', commitment: one.id, lead, assist: [] })
      if (!one.binding) commands.push({ act: 'bind', commitment: one.id, binding: { kind: 'opinion' } })
      if (['count', 'indicator', 'duty'].includes(one.binding?.kind) && !one.counter) commands.push({ act: 'watch', commitment: one.id, counter: { kind: 'indicator', text: '抽查不合格数' } })
      for (const question of one.questions ?? []) if (!question.answers?.length) commands.push({ act: 'answer', commitment: one.id, question: question.id, text: '按年度计划执行' })
      for (const command of commands) verify((await act(page, world.draft, command)) === 200, JSON.stringify(command))
    }
    const open = commitments.filter((one) => !one.confirmed).map((one) => one.id)
    verify((await act(page, world.draft, { act: 'confirm', commitments: open })) === 200, 'not confirmed')
  })
}

/** The leader puts the plan in force; the head of an office signs its letter with the password asked again. */
async function adopt(world) {
  if (!world.draft) return
  const page = await person(world.browser, DESKTOP)
  await step('the leader puts the plan in force', page, async () => {
    await enter(page, world.base, '/c', world.login('leader'))
    await page.goto(`${world.base}/c/plan/${world.draft}/review`)
    await page.click('[data-adopt-open]')
    await page.click('dialog[open] button.primary')
    await page.waitForURL(/letters/)
    await page.waitForSelector('[data-letter]')
  })
  await accessible('letters', page)
  const leader = world.login('leader')
  const password = world.passwordOf?.(leader)
  if (password) {
    await step('the leader signs a letter with the password asked again', page, async () => {
      await page.click('[data-letter] a')
      await page.click('button:has-text("代表局签署")')
      await page.fill('#sign-password', password)
      await page.click('[data-sign]')
      await page.waitForSelector('.hand')
    })
    await accessible('a letter', page)
  }
  await page.context().close()
}

/** An office reports a quantity with a photo; another post approves it; the ledger counts it. */
async function report(world) {
  const head = await person(world.browser, DESKTOP, world.place)
  const heads = world.logins.filter((one) => one.role === 'section_head')
  let line
  await step('the head of an office reports a quantity with a photo', head, async () => {
    await enter(head, world.base, '/c', heads[0].login)
    const { items } = await api(head, '/plans')
    world.plan = items.find((one) => one.status === 'adopted' && one.year === YEAR).id
    const { lines } = await api(head, `/plans/${world.plan}/ledger`)
    line = lines.find((one) => one.binding === 'count' && one.value < one.target && heads.some((who) => who.office === one.office_name))
    verify(line, 'no line counts a quantity')
    await head.context().clearCookies()
    await enter(head, world.base, '/c', heads.find((who) => who.office === line.office_name).login)
    await head.goto(`${world.base}/c/plan/${world.plan}/ledger/${line.commitment.replace('.', '-')}`)
    await head.click('button:has-text("报送进展")')
    const form = head.locator('dialog[open]')
    await form.getByLabel(/完成数量/).fill('1')
    await form.locator('input[type="file"]').first().setInputFiles([await photo(world.browser, '进展', '#8a9a7a')])
    await form.locator('.shots img').waitFor()
    await accessible('report of progress', head)
    await form.locator('button.primary').click()
    await form.waitFor({ state: 'detached' })
    const detail = await api(head, `/plans/${world.plan}/ledger/${line.commitment}`)
    world.report = detail.rows.find((row) => row.standing === 'pending')?.case
    verify(world.report, 'the report is not among the rows')
  })
  await accessible('a line of the ledger', head)
  await head.context().close()
  const page = await person(world.browser, DESKTOP)
  await step('another post approves it, and it counts', page, async () => {
    await enter(page, world.base, '/c', world.login('supervisor'))
    await page.goto(`${world.base}/c/case/${world.report}`)
    await moveAtDesk(page, 'approve', {})
    const after = await api(page, `/plans/${world.plan}/ledger/${line.commitment}`)
    verify(after.line.value === line.value + 1, `${after.line.value} is not ${line.value} and one`)
  })
  await step('the ledger shows it by light, as a chart and on the map', page, async () => {
    await page.goto(`${world.base}/c/plan/${world.plan}/ledger?light=red`)
    await page.waitForSelector('[role="grid"] .line')
    await accessible('ledger', page)
    await page.click('[data-view="gantt"]')
    await page.waitForSelector('figure.gantt svg')
    await page.click('[data-view="map"]')
    await page.waitForSelector('[data-map="idle"], [data-map="missing"]')
  })
  await page.context().close()
}

/** The supervision office holds a meeting and issues a circular, which the public can then read. */
async function supervise(world) {
  const page = await person(world.browser, DESKTOP)
  await step('a meeting is recorded; its decision becomes a task', page, async () => {
    await enter(page, world.base, '/c', world.login('supervisor'))
    await page.goto(`${world.base}/c/plan/${world.plan}/meetings`)
    await page.waitForSelector('.agenda h3')
    const due = page.locator('button[data-state="open"], button[data-state="missed"]').last()
    verify((await due.count()) > 0, 'no meeting is due')
    await due.click()
    const form = page.locator('dialog[open]')
    await form.locator('#present').fill('各处室负责人')
    await form.locator('#minutes').fill('逐项研究红灯任务。')
    await form.locator('button:has-text("增加决定")').click()
    await form.locator('#decision-0').fill('一周内报出赶工安排')
    const owner = form.getByRole('combobox', { name: /谁负责/ })
    await owner.press('ArrowDown')
    await owner.press('Enter')
    await form.locator('button:has-text("记录会议")').click()
    await form.waitFor({ state: 'detached' })
    await page.waitForSelector('text=一周内报出赶工安排')
  })
  await accessible('meetings', page)
  await step('a circular is drafted from frozen numbers, edited, issued and released', page, async () => {
    await page.goto(`${world.base}/c/plan/${world.plan}/circulars`)
    await page.click('button:has-text("起草通报")')
    await page.waitForSelector('#circular-title')
    await accessible('draft of a circular', page)
    await page.fill('#circular-title', '关于本月要点推进情况的通报')
    await page.click('button:text-is("保存")')
    await page.click('button:text-is("印发")')
    await page.click('[data-issue]')
    await page.click('button:text-is("对外公开")')
    await page.click('[data-release]')
    await page.waitForSelector('button:text-is("对外公开")', { state: 'detached' })
  })
  await accessible('a circular', page)
  await step('the appraisals are ranked by peers', page, async () => {
    await page.goto(`${world.base}/c/plan/${world.plan}/appraisals`)
    await page.waitForSelector('table.plain a')
    await page.click('table.plain a')
    await page.waitForSelector('[data-office]')
  })
  await accessible('an appraisal', page)
  await step('the public page shows the promises and the circular, without scripts', page, async () => {
    const context = await world.browser.newContext({ javaScriptEnabled: false })
    const citizen = await context.newPage()
    await citizen.goto(`${world.base}/promises?year=${YEAR}`)
    verify((await citizen.content()).includes('关于本月要点推进情况的通报'), 'the circular is not on the public page')
    await context.close()
  })
  await page.context().close()
}

export const plan = [review, adopt, report, supervise]
