// First aid while typing: the plain limits of a field. The server checks again, and everything else.
import { t } from '../i18n'
import type { Field } from '../api/types'

export type Values = Record<string, unknown>
/** Messages by field path, as the server names them. */
export type Faults = Record<string, string>

export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

function numberFault(field: Field, value: unknown): string | null {
  const number = typeof value === 'number' ? value : Number(String(value))
  if (!Number.isFinite(number)) return t('form.not_number')
  if (field.kind === 'int' && !Number.isInteger(number)) return t('form.not_whole')
  if (typeof field.min === 'number' && number < field.min) return t('form.below', { n: field.min })
  if (typeof field.max === 'number' && number > field.max) return t('form.above', { n: field.max })
  return null
}

/** What is wrong with one value, or null. */
export function fault(field: Field, value: unknown): string | null {
  if (isEmpty(value)) return field.required ? t('form.required', { title: field.title }) : null
  if (['int', 'decimal', 'money'].includes(field.kind)) return numberFault(field, value)
  if (['text', 'address'].includes(field.kind) && typeof value === 'string') {
    if (typeof field.max === 'number' && value.length > field.max) return t('form.too_long', { n: field.max })
  }
  return null
}

export function faults(fields: readonly Field[], values: Values): Faults {
  const found: Faults = {}
  for (const field of fields) {
    const message = fault(field, values[field.id])
    if (message) found[field.id] = message
  }
  return found
}

/** The server's faults by field id: it may write `fields.category` for what the form calls `category`. */
export function serverFaults(list: readonly { field: string; message: string }[] | undefined): Faults {
  const found: Faults = {}
  for (const { field, message } of list ?? []) found[field.replace(/^fields\./, '')] = message
  return found
}

/** Leaves out what was not filled in. */
export function filled(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)))
}
