import { DESKTOP, PHONE, launch, person } from './browser.mjs'
import { enter } from './people.mjs'
const base = 'http://127.0.0.1:8099'
const browser = await launch()
const page = await person(browser, DESKTOP)
page.on('pageerror', e => console.log('PAGEERROR', e.message))
page.on('console', m => { if (m.type() === 'error') console.log('CONSOLE', m.text()) })
await enter(page, base, '/c', 'supervise1')
const go = async (path, name, full=true) => { await page.goto(base + path); await page.waitForLoadState('networkidle', {timeout: 8000}).catch(()=>0); await page.waitForTimeout(600); await page.screenshot({ path: `/tmp/shots/${name}.png`, fullPage: full }); console.log(name) }
await go('/c/plan', 'plans')
await go('/c/plan/1/ledger', 'ledger', false)
await go('/c/plan/1/ledger/01-04', 'line')
await go('/c/plan/1/letters', 'letters')
await go('/c/plan/1/letters/102', 'letter')
await go('/c/plan/1/meetings', 'meetings', false)
await go('/c/plan/1/circulars', 'circulars')
await go('/c/plan/1/circulars/10', 'circular', false)
await go('/c/plan/1/appraisals/1', 'appraisal')
await go('/promises', 'promises', false)
await browser.close()
