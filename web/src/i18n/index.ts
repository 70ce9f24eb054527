// Words of the app in Chinese and English. Each entry page brings only its own words, so the citizen's page stays small.
// Keys are checked by the compiler (`Key`), placeholders and unused keys by tests/unit/i18n.test.ts.
import { ref } from 'vue'
import { keep, readKept } from '../ui/kept'
import type { common } from './zh-CN/common'
import type { publicWords } from './zh-CN/public'
import type { fieldWords } from './zh-CN/field'
import type { consoleWords } from './zh-CN/console'
import type { formWords } from './zh-CN/forms'
import type { planWords } from './zh-CN/plan'
import type { planWorkWords } from './zh-CN/planWork'
import type { boardWords } from './zh-CN/board'

export type Lang = 'zh' | 'en'
export type Key =
  | keyof typeof common | keyof typeof publicWords | keyof typeof fieldWords | keyof typeof consoleWords | keyof typeof formWords
  | keyof typeof planWords | keyof typeof planWorkWords | keyof typeof boardWords
type Params = Record<string, string | number>

const book: Record<Lang, Record<string, string>> = { zh: {}, en: {} }

export const lang = ref<Lang>(readKept('lang') === 'en' ? 'en' : 'zh')

/** Switches the language of this browser and of the page's `lang`, which screen readers obey. */
export function setLang(next: Lang): void {
  lang.value = next
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en'
  keep('lang', next)
}

/** Adds an entry's words. */
export function addWords<K extends string>(zh: Record<K, string>, en: Record<K, string>): void {
  Object.assign(book.zh, zh)
  Object.assign(book.en, en)
}

/** The words for a key; `{name}` is replaced from `params`. */
export function t(key: Key, params: Params = {}): string {
  const text = book[lang.value][key] ?? book.zh[key] ?? key
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole))
}
