// The people of the demo city and what they do at their screens.
import { readFileSync } from 'node:fs'
import { accessible, verify } from './check.mjs'

/** The log-ins the demo city offers. */
export async function demoLogins(base) {
  const response = await fetch(`${base}/api/v1/session/demo`)
  verify(response.ok, `the demo log-ins answer ${response.status}`)
  return (await response.json()).items
}

/** Goes to a staff page and enters by the card of a log-in. */
export async function enter(page, base, path, login) {
  await page.goto(base + path)
  await page.waitForSelector('[data-login]')
  const everybody = page.locator('details.all')
  if (await everybody.count()) await everybody.evaluate((details) => { details.open = true })
  await page.click(`[data-login="${login}"]`)
  await page.waitForSelector('header nav')
}

/** Asks the API as whoever is logged in on the page. */
export function api(page, path) {
  return page.evaluate(async (address) => {
    const response = await fetch(`/api/v1${address}`)
    return response.ok ? response.json() : { failed: response.status }
  }, path)
}

/** Asks things of a plan one after the other, as whoever is logged in; answers how the last one went. A refusal fails unless it is expected. */
export async function actOn(page, plan, commands, refused = false) {
  const answer = await page.evaluate(async ([id, asked]) => {
    const { csrf } = await (await fetch('/api/v1/session')).json()
    for (const act of asked) {
      const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf, 'idempotency-key': crypto.randomUUID() }
      const response = await fetch(`/api/v1/plans/${id}/acts`, { method: 'POST', headers, body: JSON.stringify({ if_seq: null, act }) })
      if (!response.ok) return { status: response.status, act, ...(await response.json()) }
    }
    return { status: 200 }
  }, [plan, commands])
  verify(refused || answer.status === 200, JSON.stringify(answer))
  return answer
}

/** The bytes of the file that follows from an action. */
export async function download(page, action) {
  const [file] = await Promise.all([page.waitForEvent('download'), action()])
  return readFileSync(await file.path())
}

/** A photo as a camera would give it, taken now. */
export async function photo(browser, caption, colour) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 960 } })
  await page.setContent(`<body style="margin:0;background:linear-gradient(#b9c4cc 45%,#77736b 45%)"><div style="position:absolute;left:36%;top:52%;width:28%;height:26%;border-radius:50%;background:${colour};border:14px solid #55514a"></div><p style="position:absolute;left:24px;bottom:8px;font:28px sans-serif;color:#fff">${caption}</p></body>`)
  const buffer = await page.screenshot({ type: 'jpeg', quality: 80 })
  await page.close()
  return { name: `${caption}.jpg`, mimeType: 'image/jpeg', buffer }
}

/** Chooses the first match in a combobox of a form. */
async function choose(page, input, text) {
  await input.fill(text)
  await input.press('ArrowDown')
  await input.press('Enter')
}

/** Fills the open form of a move: what is required and empty gets a plausible value, by the kind of its control. */
export async function fillMove(page, form, { photos = [], values = {}, note = '' } = {}) {
  for (const field of await form.locator('.field:has([aria-required="true"])').all()) {
    const label = (await field.locator('label').first().innerText()).replace(/[\s*]/g, '')
    const control = field.locator('[aria-required="true"]').first()
    if ((await control.inputValue()) !== '' && !(label in values)) continue
    const kind = (await control.getAttribute('role')) ?? (await control.getAttribute('type')) ?? 'text'
    if (kind === 'combobox') await choose(page, control, values[label] ?? '')
    else if (kind === 'date') await control.fill(values[label] ?? new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10))
    else await control.fill(values[label] ?? '已按规范办理')
  }
  if (photos.length) {
    await form.locator('input[type="file"]').setInputFiles(photos)
    await form.locator('.shots img').nth(photos.length - 1).waitFor()
  }
  if (note) await form.locator('#move-note').fill(note)
}

/** Makes a move on the case page of the desk. */
export async function moveAtDesk(page, move, filling, name) {
  await page.click(`button[data-move="${move}"]:not([aria-disabled="true"])`)
  const dialog = page.locator('dialog[open]')
  await dialog.waitFor()
  await fillMove(page, dialog, filling)
  if (name) await accessible(name, page)
  await dialog.locator('button.primary').click()
  await dialog.waitFor({ state: 'detached' })
}

/** Makes a move on the job page of the phone. */
export async function moveInField(page, move, filling, name) {
  await page.click(`button[data-move="${move}"]:not([aria-disabled="true"])`)
  if (!filling) return
  const form = page.locator('#doing')
  await form.waitFor()
  await fillMove(page, form, filling)
  if (name) await accessible(name, page)
  await form.locator('button.primary').click()
  await form.waitFor({ state: 'detached' })
}

export const stateOf = async (page) => (await page.locator('[data-state]').first().innerText()).trim()
