// `npm run shots`: pictures of the main pages for the README, from a demo city with some days in it.
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DESKTOP, PHONE, launch, mapIdle, person } from './browser.mjs'
import { api, demoLogins, enter } from './people.mjs'
import { startServer } from './server.mjs'

const OUT = resolve(import.meta.dirname, '..', '..', '..', 'docs', 'img')
mkdirSync(OUT, { recursive: true })
const server = await startServer(Number(process.env.SHOT_DAYS ?? 20))
const browser = await launch()
const { base } = server

async function shot(name, page, options = {}) {
  await page.waitForLoadState('networkidle', { timeout: 4000 }).catch(() => undefined)
  if ((await page.locator('[data-map]').count()) > 0) await mapIdle(page)
  await page.screenshot({ path: join(OUT, `${name}.png`), ...options })
  console.log(`docs/img/${name}.png`)
}

try {
  const logins = await demoLogins(base)
  const login = (role) => (logins.find((one) => one.role === role) ?? logins[0]).login
  const center = (await (await fetch(`${base}/api/v1/public/pack`)).json()).city.center

  const citizen = await person(browser, PHONE, center)
  await citizen.goto(`${base}/`)
  await citizen.waitForSelector('main h1')
  await shot('public', citizen)

  const desk = await person(browser, DESKTOP)
  await desk.goto(`${base}/c`)
  await desk.waitForSelector('[data-login]')
  await shot('login', desk)
  await enter(desk, base, '/c', login('dispatcher'))
  await desk.waitForSelector('[role="grid"] .line')
  await shot('desk', desk)
  await desk.goto(`${base}/c/procedures/case`)
  await desk.waitForSelector('main h1')
  await shot('procedure', desk)

  // The plan: its ledger, one line of it, and what the public reads.
  const supervisor = await person(browser, DESKTOP)
  await enter(supervisor, base, '/c', login('supervisor'))
  const plans = await api(supervisor, '/plans')
  await supervisor.goto(`${base}/c/plan/${plans.items[0].id}/ledger`)
  await supervisor.waitForSelector('[role="grid"] .line')
  await shot('ledger', supervisor)
  const { lines } = await api(supervisor, `/plans/${plans.items[0].id}/ledger?class=count`)
  const behind = lines.find((line) => line.light === 'red' && line.forecast) ?? lines[0]
  await supervisor.goto(`${base}/c/plan/${plans.items[0].id}/ledger/${behind.commitment.replace('.', '-')}`)
  await supervisor.waitForSelector('main h1')
  await shot('line', supervisor)
  await citizen.goto(`${base}/promises`)
  await shot('promises', citizen)

  // Waiting for its check: before and after, and the choice to be made.
  const checker = await person(browser, DESKTOP)
  await enter(checker, base, '/c', login('checker'))
  const { items } = await api(checker, '/cases?state=fed_back&kind=case&limit=50')
  let shown = items[0]
  for (const row of items) {
    const phases = new Set((await api(checker, `/cases/${row.id}`)).evidence.map((one) => one.phase))
    if (row.reports > 0 && phases.has('before') && phases.has('after')) {
      shown = row
      break
    }
  }
  await checker.goto(`${base}/c/case/${shown.id}`)
  await checker.waitForSelector('.head h1')
  await shot('case', checker, { fullPage: true })

  const crew = await person(browser, PHONE, center)
  await enter(crew, base, '/m/', login('department'))
  await crew.waitForSelector('[data-case], .empty')
  await shot('field', crew)

  const wall = await person(browser, { width: 1920, height: 1080 })
  await enter(wall, base, '/c', login('leader'))
  await wall.goto(`${base}/screen`)
  await wall.waitForSelector('.wall .stream li')
  await shot('screen', wall)

  const form = new FormData()
  form.append('text', '路灯不亮，已经三天，晚上看不清路')
  form.append('lon', String(center[0]))
  form.append('lat', String(center[1]))
  form.append('lang', 'zh')
  const sent = await fetch(`${base}/api/v1/reports`, { method: 'POST', body: form, headers: { 'Idempotency-Key': `shot-${Date.now()}` } })
  const { code } = await sent.json()
  await citizen.goto(`${base}/t/${code}`)
  await citizen.waitForSelector('ol.timeline li')
  await shot('follow', citizen)
} finally {
  await browser.close()
  await server.stop()
}
