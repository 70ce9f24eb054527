// A browser for the end-to-end tests: Debian's Chromium, and an accessibility audit of whatever page it is on.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
export const DESKTOP = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox', '--lang=zh-CN', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
    ],
  })
}

/** A window of its own, with its own cookies: one person at one machine. */
export async function person(browser, viewport, position) {
  const context = await browser.newContext({
    viewport,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    isMobile: viewport === PHONE,
    hasTouch: viewport === PHONE,
    ...(position ? { geolocation: { longitude: position[0], latitude: position[1], accuracy: 12 }, permissions: ['geolocation'] } : {}),
  })
  context.setDefaultTimeout(20_000)
  return context.newPage()
}

/** Violations of WCAG A and AA on the page as it stands, one line each. */
export async function audit(page) {
  // Evaluated by the test's own channel, so the page's content security policy stays as it is.
  await page.evaluate(AXE)
  const found = await page.evaluate(async () => {
    const result = await globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    return result.violations.map((one) => `${one.id}: ${one.help} — ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')}`)
  })
  return found
}

/** Waits until a map on the page has drawn everything, or says that it cannot. */
export async function mapIdle(page) {
  await page.waitForSelector('[data-map="idle"], [data-map="missing"]', { timeout: 30_000 })
}
