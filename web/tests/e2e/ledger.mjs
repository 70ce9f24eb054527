// The ledger of a year that has been worked on: filters in the address, files, a red line down to its reasons, by keys alone;
// and the same pages in English.
import { DESKTOP, person } from './browser.mjs'
import { accessible, step, verify } from './check.mjs'
import { api, download, enter } from './people.mjs'

const CHINESE = /[\u3400-\u9fff]/
/** Where the city's own words stand, which are Chinese in any language. */
const DATA = '.document, [role="row"].line, blockquote, option, [role="option"], code, .which .title'

/** Whether the ledger shows exactly the lines of that light, and says so in the address. */
async function onlyLight(page, light) {
  await page.waitForSelector('[role="grid"] .line')
  const others = await page.locator(`[role="grid"] [data-line-light]:not([data-line-light="${light}"])`).count()
  verify(others === 0 && new URL(page.url()).searchParams.get('light') === light, `${others} of another light at ${page.url()}`)
}

/** A leader looks at the year: what is red, why, and takes it away as a table. */
async function look(world) {
  const page = await person(world.browser, DESKTOP)
  await step('the ledger of the year opens with its lights', page, async () => {
    await enter(page, world.base, '/c', world.login('leader'))
    const { items } = await api(page, '/plans')
    world.worked = items.filter((one) => one.status === 'adopted').sort((a, b) => a.id - b.id)[0]
    await page.goto(`${world.base}/c/plan/${world.worked.id}/ledger`)
    await page.waitForSelector('[role="grid"] .line')
    const { red, green } = world.worked.lights
    verify(world.worked.items === 48 && red > 0 && green > red, JSON.stringify(world.worked))
  })
  await accessible('ledger', page)
  await step('filters are in the address and survive a reload', page, async () => {
    await page.click('[data-light-filter="red"]')
    await page.waitForURL(/light=red/)
    await page.selectOption('select[aria-label="分组"]', 'office')
    await page.waitForURL(/group=office/)
    await page.reload()
    await onlyLight(page, 'red')
    verify((await page.getAttribute('[data-light-filter="red"]', 'aria-pressed')) === 'true', 'the light is not pressed')
    verify((await page.inputValue('select[aria-label="分组"]')) === 'office', 'the groups are gone')
  })
  await accessible('ledger, red by office', page)
  await step('the same lines are taken away as .xlsx', page, async () => {
    const bytes = await download(page, () => page.click('a:text-is(".xlsx")'))
    verify(bytes.subarray(0, 2).toString() === 'PK' && bytes.includes('xl/workbook.xml'), 'it is not an .xlsx')
  })
  await step('it is shown over the year and on the map', page, async () => {
    await page.click('[data-view="gantt"]')
    await page.waitForSelector('figure.gantt svg')
    await accessible('ledger over the year', page)
    await page.click('[data-view="map"]')
    await page.waitForSelector('[data-map="idle"], [data-map="missing"]')
  })
  await accessible('ledger on the map', page)
  world.looking = page
}

/** The same with no mouse: search, go down, peek at the reasons, open, go back. */
async function byKeys(world) {
  const page = world.looking
  await step('by keys alone: search, go down, read why a line is red', page, async () => {
    const { lines } = await api(page, `/plans/${world.worked.id}/ledger?light=red`)
    world.red = lines[0]
    await page.goto(`${world.base}/c/plan/${world.worked.id}/ledger?light=red`)
    await page.waitForSelector('[role="grid"] .line')
    await page.keyboard.press('/')
    await page.keyboard.type(world.red.text.slice(0, 8))
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=/)
    await onlyLight(page, 'red')
    await page.keyboard.press('j')
    await page.waitForSelector('.line.active')
    await page.keyboard.press('Enter')
    await page.waitForSelector(`.peek .reasons li:has-text("${world.red.reasons[0]}")`)
  })
  await accessible('ledger with peek', page)
  await step('by keys alone: open the line and come back to the same filters', page, async () => {
    const address = page.url()
    await page.keyboard.press('o')
    await page.waitForSelector('.head h1')
    await page.waitForSelector(`.head li:has-text("${world.red.reasons[0]}")`)
    await accessible('a red line', page)
    await page.keyboard.press('Escape')
    await page.waitForURL(address)
    await onlyLight(page, 'red')
  })
  await page.context().close()
}

/** The offices of the year are ranked among their peers, and each score opens to its lines. */
async function appraise(world) {
  const page = await person(world.browser, DESKTOP)
  await step('the appraisals are ranked by peers', page, async () => {
    await enter(page, world.base, '/c', world.login('supervisor'))
    await page.goto(`${world.base}/c/plan/${world.worked.id}/appraisals`)
    await page.click('table.plain a')
    await page.waitForSelector('[data-office]')
  })
  await accessible('an appraisal', page)
  await page.context().close()
}

/** Fixed labels of a page that are still Chinese, once the names of offices and people are taken out of them. */
function leftInChinese(page, names) {
  return page.evaluate(([data, chinese, known]) => {
    const pattern = new RegExp(chinese)
    const own = (element) => [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data.trim()).join('')
    const labels = [...document.querySelectorAll('main *')].filter((element) => !element.closest(data))
    const texts = labels.flatMap((element) => [own(element), element.getAttribute('aria-label') ?? '', element.getAttribute('placeholder') ?? ''])
    const plain = (text) => known.reduce((rest, name) => rest.replaceAll(name, ''), text)
    return [...new Set(texts.filter((text) => pattern.test(plain(text))))]
  }, [DATA, CHINESE.source, names])
}

/** The supervision office works in English: what the program says is English, what the city wrote stays as it is. */
async function inEnglish(world) {
  const page = await person(world.browser, DESKTOP)
  const pages = [['ledger', 'ledger', '[role="grid"] .line'], ['review', 'review', '[data-commitment]']]
  await step('the pages of the plan are switched to English', page, async () => {
    await enter(page, world.base, '/c', world.login('supervisor'))
    await page.click('button:has-text("English")')
    verify((await page.getAttribute('html', 'lang')) === 'en', 'lang is not en')
  })
  const { offices, people, items } = await api(page, `/plans/${world.worked.id}`)
  const names = [...Object.values(offices), ...Object.values(people), ...items.flatMap((item) => item.offices)].sort((a, b) => b.length - a.length)
  for (const [name, path, ready] of pages) {
    await step(`${name} in English has no Chinese label`, page, async () => {
      await page.goto(`${world.base}/c/plan/${world.worked.id}/${path}`)
      await page.waitForSelector(ready)
      const left = await leftInChinese(page, names)
      verify(left.length === 0, left.join('\n'))
    })
    await accessible(`${name}, English`, page)
  }
  await page.context().close()
}

export const ledger = [look, byKeys, appraise, inEnglish]
