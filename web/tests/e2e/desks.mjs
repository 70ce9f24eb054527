// What desks do beside the main road: register a case by hand, ask for more time and rule on it, note, export, tokens.
import { DESKTOP, person } from './browser.mjs'
import { accessible, step, verify } from './check.mjs'
import { api, enter, photo } from './people.mjs'

/** Intake takes a call and registers it; what is open near the place stands beside the form. */
async function register(world) {
  const page = await person(world.browser, DESKTOP)
  await step('intake registers a case with the form of its procedure', page, async () => {
    await enter(page, world.base, '/c', world.login('intake'))
    await page.goto(`${world.base}/c/new`)
    await page.waitForSelector('#note')
    await page.selectOption('#source', 'hotline')
    await page.fill('#note', '来电反映路面坑洼，车辆颠簸')
    await page.fill('#address', '嵩山路中段')
    await page.getByPlaceholder('经度, 纬度').fill(world.place.map((n) => (n + 0.004).toFixed(5)).join(', '))
    await page.getByPlaceholder('经度, 纬度').blur()
    const category = page.getByRole('combobox', { name: /类别/ })
    await category.fill('道路破损')
    await category.press('ArrowDown')
    await category.press('Enter')
    await page.locator('input[type="file"]').setInputFiles([await photo(world.browser, '坑洼', '#3a3832')])
    await page.waitForSelector('.shots img')
  })
  await accessible('new case, filled in', page)
  await step('the case is opened and found again', page, async () => {
    await page.click('button.primary:has-text("登记")')
    await page.waitForSelector('.head h1')
    await page.fill('#comment', '已电话回访')
    await page.click('button:has-text("记下")')
    await page.waitForSelector('ol.timeline li:has-text("已电话回访")')
  })
  await step('what was asked for by hand is shown: the records with their chain', page, async () => {
    await page.click('summary:has-text("记录与校验链")')
    await page.waitForSelector('details pre')
  })
  await accessible('case page, records open', page)
  await page.context().close()
}

/** A crew asks for more time before it runs out; the shift leader reads why and grants it. */
async function extend(world) {
  const page = await person(world.browser, DESKTOP)
  const crews = world.logins.filter((one) => one.role === 'department')
  await step('a crew asks for an extension with its reason', page, async () => {
    await page.goto(`${world.base}/c`)
    for (const crew of crews) {
      const row = await openFor(page, crew.login)
      if (row) {
        world.late = row
        break
      }
    }
    verify(world.late, 'no crew has a case that can be extended')
    await page.goto(`${world.base}/c/case/${world.late.id}`)
    await page.click(`button:has-text("${world.late.offer}")`)
    const dialog = page.locator('dialog[open]')
    await dialog.waitFor()
    await dialog.locator('button.primary').click()
    // The server says which field it wants; it appears in the form.
    const reason = dialog.getByRole('combobox')
    await reason.waitFor()
    await reason.fill('')
    await reason.press('ArrowDown')
    await reason.press('Enter')
    await dialog.locator('button.primary').click()
    await dialog.waitFor({ state: 'detached' })
    await page.waitForSelector('text=等待答复')
  })
  await accessible('case page, asked', page)
  const leader = await person(world.browser, DESKTOP)
  await step('the shift leader grants it and the clock says so', leader, async () => {
    await enter(leader, world.base, '/c', world.login('shift_leader'))
    await leader.goto(`${world.base}/c/case/${world.late.id}`)
    await leader.click('button:text-is("同意")')
    await leader.waitForSelector('text=已延期 1 次')
  })
  await leader.context().close()
  await page.context().close()
}

/** The first case of that crew whose clock may be extended now; the page is then logged in as them. */
async function openFor(page, login) {
  await page.evaluate((name) => fetch('/api/v1/session/demo', { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }, body: JSON.stringify({ login: name }) }), login)
  const rows = (await api(page, '/cases?mine=true&open=true&light=good&limit=20')).items ?? []
  for (const row of rows) {
    const view = await api(page, `/cases/${row.id}`)
    const offer = view.extensions.find((one) => one.possible)
    if (offer) return { id: row.id, offer: offer.title }
  }
  return null
}

/** A leader takes the list away as a table, and makes a token for a program. */
async function take(world) {
  const page = await person(world.browser, DESKTOP)
  await step('the list is exported as a table with the same filters', page, async () => {
    await enter(page, world.base, '/c', world.login('leader'))
    await page.goto(`${world.base}/c/desk?light=good`)
    await page.waitForSelector('[role="grid"] .line')
    const href = await page.getAttribute('a[download]', 'href')
    const text = await page.evaluate(async (address) => (await fetch(address)).text(), href)
    verify(href.includes('light=good') && text.split('\n').length > 2, text.slice(0, 200))
  })
  await step('a token is made, shown once, and deleted', page, async () => {
    await page.goto(`${world.base}/c/account`)
    await page.fill('#label', '月报')
    await page.click('button:has-text("新建令牌")')
    await page.waitForSelector('code:has-text("gct_")')
    await page.click('button:has-text("删除")')
    await page.waitForSelector('td:has-text("月报")', { state: 'detached' })
  })
  await page.context().close()
}

export const desks = [register, extend, take]
