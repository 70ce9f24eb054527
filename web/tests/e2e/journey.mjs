// One case through all seven stages, as six people at six screens, against the real server.
import { board } from './board.mjs'
import { DESKTOP, PHONE, person } from './browser.mjs'
import { accessible, step, verify } from './check.mjs'
import { desks } from './desks.mjs'
import { ledger } from './ledger.mjs'
import { plan } from './plan.mjs'
import { api, demoLogins, enter, moveAtDesk, moveInField, photo, stateOf } from './people.mjs'

const WORDS = '路灯不亮，已经三天，晚上看不清路'

/** A citizen reports from a phone, without an account. */
async function report(world) {
  const page = await person(world.browser, PHONE, world.place)
  world.citizen = page
  await step('the public page opens with a photo question', page, async () => {
    await page.goto(`${world.base}/`)
    await page.waitForSelector('h1:has-text("先拍一张照片")')
  })
  await accessible('public, photo', page)
  await step('the citizen adds a photo and says where', page, async () => {
    await page.locator('input[type="file"]').setInputFiles([await photo(world.browser, '路灯', '#1c1a16')])
    await page.waitForSelector('.shots img')
    await page.click('button.primary:has-text("下一步")')
    await page.fill('#address', '文化路与农业路口东北角')
    await page.click('button:has-text("用我现在的位置")')
    await page.waitForSelector('text=定位误差约')
  })
  await accessible('public, place', page)
  await step('three likely categories follow from the words', page, async () => {
    await page.click('button.primary:has-text("下一步")')
    await page.fill('#text', WORDS)
    const first = page.locator('.guess').first()
    world.category = (await first.locator('span').first().innerText()).split('\n')[0].trim()
    await first.click()
  })
  await accessible('public, what', page)
  await step('the report is received and has a code', page, async () => {
    await page.click('button.primary:has-text("下一步")')
    const other = page.locator('button:has-text("都不是，我要报新的")')
    await page.waitForSelector('#name, button:has-text("都不是，我要报新的")')
    if (await other.isVisible()) {
      await accessible('public, known nearby', page)
      await other.click()
    }
    await page.fill('#name', '张女士')
    await page.fill('#phone', '13800000000')
    await page.click('button.primary:has-text("提交")')
    world.code = (await page.locator('[data-code]').innerText()).trim()
    world.number = (await page.locator('dd').first().innerText()).trim()
  })
  await accessible('public, receipt', page)
  await step('the follow page tells the state in plain words', page, async () => {
    await page.click('a.primary')
    await page.waitForSelector('ol.timeline li')
    verify(page.url().includes(`/t/${world.code}`), page.url())
  })
  await accessible('public, follow', page)
}

/** Intake finds the report by key and files it. */
async function file(world) {
  const page = await person(world.browser, DESKTOP)
  await step('the log-in page offers the roles of the demo city', page, async () => {
    await page.goto(`${world.base}/c`)
    await page.waitForSelector('[data-login]')
  })
  await accessible('log-in', page)
  await step('intake enters and finds the case with / j Enter', page, async () => {
    await page.click(`[data-login="${world.login('intake')}"]`)
    await page.waitForSelector('[role="grid"]')
    await page.keyboard.press('/')
    await page.keyboard.type(world.number)
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=/)
    await page.waitForSelector(`[role="row"]:has-text("${world.number}")`)
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.peek h2')
  })
  await accessible('desk with peek', page)
  await step('the filters are in the address and the keys in the help', page, async () => {
    verify(new URL(page.url()).searchParams.get('q') === world.number, page.url())
    await page.keyboard.press('?')
    await page.waitForSelector('dialog[open] kbd')
    await accessible('keyboard help', page)
    await page.keyboard.press('Escape')
    await page.keyboard.press('o')
    await page.waitForSelector('.head h1')
    world.id = Number(/case\/(\d+)/.exec(page.url())[1])
  })
  await accessible('case page, intake', page)
  await step('intake files the case', page, () => moveAtDesk(page, 'file', {}, 'move dialog'))
  await step('the case is filed', page, async () => {
    await page.waitForFunction(() => document.querySelectorAll('ol.timeline li').length >= 2)
    world.view = await api(page, `/cases/${world.id}`)
    verify(world.view.state !== 'reported', world.view.state)
  })
  await page.context().close()
}

/** The dispatcher assigns what the table did not, and reads why where it did. */
async function dispatch(world) {
  const page = await person(world.browser, DESKTOP)
  await step('the dispatcher sees the case and why it went there', page, async () => {
    await enter(page, world.base, '/c', world.login('dispatcher'))
    await page.goto(`${world.base}/c/case/${world.id}`)
    await page.waitForSelector('.head h1')
    if (world.view.state === 'filed') {
      const unit = world.logins.find((one) => one.role === 'department')
      await moveAtDesk(page, 'dispatch', { values: { 责任单位: unit.office } })
    } else await page.waitForSelector('text=为什么派给这里')
    world.view = await api(page, `/cases/${world.id}`)
    verify(world.view.unit !== null, 'no unit')
  })
  await step('a button that is not possible says why, with its basis, on focus', page, async () => {
    const blocked = page.locator('button[aria-disabled="true"][data-move]').first()
    const move = await blocked.getAttribute('data-move')
    await blocked.focus()
    const why = page.locator(`[data-why="${move}"]`)
    verify(!(await why.getAttribute('class')).includes('unseen'), 'the reason is not shown on focus')
    verify((await why.innerText()).includes('依据'), `no basis: ${await why.innerText()}`)
  })
  await accessible('case page, dispatcher', page)
  for (const [name, path] of [['new case', '/c/new'], ['procedure', `/c/procedures/${world.view.kind}`], ['account', '/c/account']]) {
    await step(`${name} opens`, page, async () => {
      await page.goto(world.base + path)
      await page.waitForSelector('main h1')
      await page.waitForLoadState('networkidle').catch(() => undefined)
      verify((await page.locator('[role="alert"]').count()) === 0, await page.locator('[role="alert"]').allInnerTexts().then((all) => all.join()))
    })
    await accessible(name, page)
  }
  await step('the dispatcher leaves the desk open on the case', page, async () => {
    await page.goto(`${world.base}/c/desk?open=all&q=${world.number}`)
    await page.waitForSelector(`[role="row"]:has-text("${world.number}")`)
  })
  world.desk = page
}

/** The department works on a phone: accepts without a network, feeds back with a photo. */
async function handle(world) {
  const page = await person(world.browser, PHONE, world.view.at ?? world.place)
  await step('the crew’s phone lists the job', page, async () => {
    const login = world.logins.find((one) => one.role === 'department' && one.office === world.view.unit.name)
    verify(login, `nobody of ${world.view.unit.name} among the demo log-ins`)
    await enter(page, world.base, '/m/', login.login)
    await page.waitForSelector(`[data-case="${world.id}"]`)
  })
  await accessible('field, jobs', page)
  await step('the job is accepted without a network and waits in the outbox', page, async () => {
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await page.click(`[data-case="${world.id}"]`)
    await page.waitForSelector('button[data-move="accept"]')
    await page.context().setOffline(true)
    await moveInField(page, 'accept', null)
    await page.waitForSelector('text=还没有发出')
  })
  await accessible('field, job offline', page)
  await step('a reload without a network keeps it, and the network takes it', page, async () => {
    await page.reload()
    await page.waitForSelector('text=还没有发出')
    await page.goto(`${world.base}/m/outbox`)
    await page.waitForSelector('main .panel')
    await accessible('field, outbox', page)
    await page.context().setOffline(false)
    await page.waitForSelector('text=全部已发出')
    const view = await api(page, `/cases/${world.id}`)
    verify(view.state === 'working', `the case is ${view.state}`)
  })
  await step('the open desk is told live and marks the row', world.desk, async () => {
    await world.desk.waitForSelector('.line.fresh:has-text("处置中")')
    await world.desk.context().close()
  })
  await step('the crew feeds back with a photo', page, async () => {
    await page.goto(`${world.base}/m/job/${world.id}`)
    await page.waitForSelector('button[data-move="feed_back"]')
    await moveInField(page, 'feed_back', { photos: [await photo(world.browser, '已修复', '#e8d9a0')], note: '更换灯头一只' }, 'field, feedback form')
    const view = await api(page, `/cases/${world.id}`)
    verify(view.state === 'fed_back', `the case is ${view.state}`)
  })
  await accessible('field, job done', page)
  await page.context().close()
}

/** Someone else looks whether it is done, and closes with a photo. */
async function check(world) {
  const page = await person(world.browser, PHONE, world.view.at ?? world.place)
  await step('a checker closes the case with a photo of their own', page, async () => {
    await enter(page, world.base, '/m/', world.login('checker'))
    await page.goto(`${world.base}/m/job/${world.id}`)
    await page.waitForSelector('button[data-move="close"]:not([aria-disabled="true"])')
    await moveInField(page, 'close', { photos: [await photo(world.browser, '核查', '#e8d9a0')] })
    const view = await api(page, `/cases/${world.id}`)
    verify(view.state === 'closed', `the case is ${view.state}`)
  })
  await accessible('field, closed', page)
  await page.context().close()
}

/** The citizen says whether it is really fixed. */
async function answer(world) {
  const page = world.citizen
  await step('the citizen sees the after photo and is asked', page, async () => {
    await page.reload()
    await page.waitForSelector('[data-answer="yes"]')
    verify((await page.locator('img[alt="处置后"]').count()) > 0, 'no after photo')
  })
  await accessible('public, asked', page)
  await step('the citizen says that it is fixed', page, async () => {
    await page.click('[data-answer="yes"]')
    await page.waitForSelector('[data-answer="yes"]', { state: 'detached' })
  })
  await step('large type and English work', page, async () => {
    await page.click('button:has-text("长辈版")')
    await page.click('button:has-text("English")')
    verify((await page.getAttribute('html', 'lang')) === 'en', 'lang is not en')
  })
  await accessible('public, large type, English', page)
  await page.context().close()
}

/** Whoever watches proves the chain and looks at the wall. */
async function watch(world) {
  const page = await person(world.browser, DESKTOP)
  await step('the audit proves the chain', page, async () => {
    await enter(page, world.base, '/c', world.login('admin', 'supervisor', 'leader', 'shift_leader'))
    await page.goto(`${world.base}/c/audit`)
    await page.click('button:has-text("校验全链")')
    await page.waitForSelector('text=完整无改动')
  })
  await accessible('audit', page)
  await step('health is shown', page, async () => {
    await page.goto(`${world.base}/c/health`)
    await page.waitForSelector('table.plain')
  })
  await accessible('health', page)
  await step('the desk in the dark and in English', page, async () => {
    await page.goto(`${world.base}/c/desk?open=all`)
    await page.click('button:has-text("深色")')
    await page.click('button:has-text("English")')
    await page.waitForSelector('[role="grid"]')
  })
  await accessible('desk, dark, English', page)
  await step('the wall shows the city', page, async () => {
    await page.goto(`${world.base}/screen`)
    await page.waitForSelector('.wall .n')
  })
  await accessible('wall', page)
  await page.context().close()
}

/** Without WebGL every map page says so and goes on as a list. */
async function mapless(world) {
  const page = await person(world.browser, PHONE)
  await step('without WebGL the page says so and can still be used', page, async () => {
    await page.addInitScript(() => {
      const own = HTMLCanvasElement.prototype.getContext
      HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
        return kind.startsWith('webgl') ? null : own.call(this, kind, ...rest)
      }
    })
    await page.goto(`${world.base}/`)
    await page.click('button:has-text("没有照片，继续")')
    await page.waitForSelector('[data-map="missing"]:has-text("不能显示地图")')
    await page.click('button.primary:has-text("下一步")')
    await page.waitForSelector('#text')
  })
  await page.context().close()
}

export async function journey(browser, { base, passwordOf }) {
  const logins = await demoLogins(base)
  const login = (...roles) => {
    const found = roles.map((role) => logins.find((one) => one.role === role)).find(Boolean)
    verify(found, `no demo log-in for ${roles.join(' or ')}: ${logins.map((one) => one.role).join()}`)
    return found.login
  }
  const pack = await (await fetch(`${base}/api/v1/public/pack`)).json()
  const world = { browser, base, passwordOf, logins, login, place: pack.city.center }
  for (const part of [report, file, dispatch, handle, check, answer, watch, mapless, ...desks, board, ...plan, ...ledger]) await part(world)
}
