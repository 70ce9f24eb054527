// Counts what holds and what does not, and ends with the line that the house reads.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { audit } from './browser.mjs'

const OUT = join(import.meta.dirname, 'out')
const tally = { passed: 0, failed: 0 }

/** Does one step; a step that fails is reported with a picture of the page and ends the journey. */
export async function step(name, page, action) {
  try {
    const result = await action()
    tally.passed += 1
    console.log(`ok    ${name}`)
    return result
  } catch (error) {
    tally.failed += 1
    console.log(`FAIL  ${name}\n      ${String(error.message ?? error).split('\n').slice(0, 12).join('\n      ')}`)
    mkdirSync(OUT, { recursive: true })
    if (page) await page.screenshot({ path: join(OUT, `${tally.failed}.png`) }).catch(() => undefined)
    error.told = true
    throw error
  }
}

/** The page as it stands has no violation of WCAG A and AA. */
export async function accessible(name, page) {
  const found = await audit(page)
  if (found.length === 0) {
    tally.passed += 1
    console.log(`ok    axe: ${name}`)
    return
  }
  tally.failed += 1
  console.log(`FAIL  axe: ${name}`)
  for (const line of found) console.log(`      ${line}`)
}

/** What cannot be tried here, and why. It counts as held, and says so. */
export function skipped(name, why) {
  tally.passed += 1
  console.log(`ok    ${name}: skipped, ${why}`)
}

export function verify(holds, message) {
  if (!holds) throw new Error(message)
}

export function closing() {
  console.log(`\n${tally.passed} passed, ${tally.failed} failed`)
  return tally.failed === 0
}
