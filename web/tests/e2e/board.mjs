// Boards: from a place in a ranking to its points, from the points to the formula, from the formula to a case.
import { DESKTOP, person } from './browser.mjs'
import { accessible, step, verify } from './check.mjs'
import { enter } from './people.mjs'

/** The leader asks why a cell has its points, and ends at a case. */
export async function board(world) {
  const page = await person(world.browser, DESKTOP)
  await step('the leader opens the board of districts', page, async () => {
    await enter(page, world.base, '/c', world.login('leader'))
    await page.goto(`${world.base}/c/board`)
    await page.waitForSelector('tr[data-subject]')
    verify((await page.locator('tr[data-subject]').count()) > 3, 'too few districts')
  })
  await accessible('board of districts', page)
  await step('a number opens to its formula, by key', page, async () => {
    await page.goto(`${world.base}/c/board?card=grid.month`)
    const cell = page.locator('tr[data-subject]').first().locator('button.opener').nth(2)
    await cell.focus()
    await cell.press('Enter')
    await page.waitForSelector('aside .formula:has-text("=")')
    verify(page.url().includes('line=2'), page.url())
  })
  await accessible('board with its explanation', page)
  await step('the formula opens to its cases, and a case to its page', page, async () => {
    await page.locator('aside li a').first().click()
    await page.waitForURL(/case\/\d+/)
    await page.waitForSelector('.head h1')
  })
  await page.context().close()
}
