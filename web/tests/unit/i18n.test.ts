// Both languages have the same keys and placeholders, and every key is used.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addWords, lang, t, type Key } from '../../src/i18n'
import { common as zhCommon } from '../../src/i18n/zh-CN/common'
import { common as enCommon } from '../../src/i18n/en/common'
import { consoleWords as zhConsole } from '../../src/i18n/zh-CN/console'
import { consoleWords as enConsole } from '../../src/i18n/en/console'
import { fieldWords as zhField } from '../../src/i18n/zh-CN/field'
import { fieldWords as enField } from '../../src/i18n/en/field'
import { formWords as zhForms } from '../../src/i18n/zh-CN/forms'
import { formWords as enForms } from '../../src/i18n/en/forms'
import { planWords as zhPlan } from '../../src/i18n/zh-CN/plan'
import { planWords as enPlan } from '../../src/i18n/en/plan'
import { planWorkWords as zhWork } from '../../src/i18n/zh-CN/planWork'
import { planWorkWords as enWork } from '../../src/i18n/en/planWork'
import { boardWords as zhBoard } from '../../src/i18n/zh-CN/board'
import { boardWords as enBoard } from '../../src/i18n/en/board'
import { publicWords as zhPublic } from '../../src/i18n/zh-CN/public'
import { publicWords as enPublic } from '../../src/i18n/en/public'

type Words = Record<string, string>
const BOOKS: [string, Words, Words][] = [
  ['common', zhCommon, enCommon], ['public', zhPublic, enPublic], ['field', zhField, enField],
  ['console', zhConsole, enConsole], ['forms', zhForms, enForms], ['plan', zhPlan, enPlan], ['planWork', zhWork, enWork], ['board', zhBoard, enBoard],
]
const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()

function sources(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(vue|ts)$/.test(name) && !name.startsWith('i18n'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
}

describe.each(BOOKS)('%s', (_name, zh, en) => {
  it('has every key in both languages', () => expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort()))
  it('has the same placeholders', () => {
    for (const key of Object.keys(zh)) expect([key, places(en[key] ?? '')]).toEqual([key, places(zh[key] ?? '')])
  })
  it('has no Chinese in English', () => {
    for (const [key, text] of Object.entries(en)) expect([key, /\p{Script=Han}/u.test(text)]).toEqual([key, false])
  })
  it('uses every key', () => {
    const code = sources(join(import.meta.dirname, '..', '..', 'src'))
    const families = [
      'light.', 'evidence.', 'unit.', 'clocks.', 'plan.status_', 'planlight.', 'promiselight.', 'planclass.', 'planfrom.', 'reviewlack.', 'compare.', 'binding.', 'measure.', 'cadence.',
      'standing.', 'change.', 'occurrence.', 'ledger.view_',
    ]
    const unused = Object.keys(zh).filter((key) => !code.includes(`'${key}'`) && !families.some((family) => key.startsWith(family)))
    expect(unused).toEqual([])
  })
})

describe('t', () => {
  it('fills placeholders, speaks the chosen language, and shows an unknown key as it is', () => {
    addWords(zhCommon, enCommon)
    lang.value = 'zh'
    expect(t('photo.nth', { n: 2 })).toBe('第 2 张照片')
    lang.value = 'en'
    expect(t('photo.nth', { n: 2 })).toBe('Photo 2')
    expect(t('not.there' as Key)).toBe('not.there')
    lang.value = 'zh'
  })
})
