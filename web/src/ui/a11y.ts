// What every page does for people who do not see it or do not use a pointer.
import { t } from '../i18n'
import { keep, readKept } from './kept'

/** Names the page in the title bar, which screen readers say first. */
export function nameThePage(title: string): void {
  document.title = `${title} · ${t('app.name')}`
}

/** Moves focus to the page's heading after a change of route, as a page load would. */
export function focusHeading(): void {
  const heading = document.querySelector<HTMLElement>('main h1')
  if (!heading) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}

export type Theme = 'light' | 'dark'

/** The reader's theme: their choice here, else the one of their system. */
export function theme(): Theme {
  const kept = readKept('theme')
  if (kept === 'light' || kept === 'dark') return kept
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

export function setTheme(next: Theme): void {
  document.documentElement.dataset.theme = next
  keep('theme', next)
}

/** Whether 长辈版 is on in this browser. */
export function elder(): boolean { return readKept('elder') === '1' }

export function setElder(on: boolean): void {
  if (on) document.documentElement.dataset.mode = 'elder'
  else delete document.documentElement.dataset.mode
  keep('elder', on ? '1' : '0')
}
