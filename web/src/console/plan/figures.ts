// Amounts, shares and days of the plan in figures.
import type { Lang } from '../../i18n'

/** An amount with at most three decimals and thousands parted; a dash for what is not known. */
export function amount(n: number | null | undefined): string {
  if (n === null || n === undefined) return '—'
  return n.toLocaleString('en-US', { maximumFractionDigits: 3 })
}

/** What is computed rather than counted, with three or four digits that mean something. */
export function rough(n: number | null | undefined): string {
  if (n === null || n === undefined) return '—'
  const digits = Math.abs(n) >= 100 ? 0 : Math.abs(n) >= 10 ? 1 : 2
  return n.toLocaleString('en-US', { maximumFractionDigits: digits })
}

/** Large numbers as they are said: 10亿, 1,000万; 1 bn, 10 M. */
export function said(n: number | null | undefined, lang: Lang): string {
  const scales: [number, string][] = lang === 'zh' ? [[1e8, '亿'], [1e6, '万']] : [[1e9, ' bn'], [1e6, ' M']]
  const found = n === null || n === undefined ? undefined : scales.find(([from]) => Math.abs(n) >= from)
  if (!found || n === null || n === undefined) return n !== null && n !== undefined && !Number.isInteger(n) ? rough(n) : amount(n)
  const [from, word] = found
  return `${rough(n / (word === '万' ? 1e4 : from))}${word}`
}

/** Thousandths of a point as points with two decimals. */
export function points(thousandths: number | null | undefined): string {
  if (thousandths === null || thousandths === undefined) return '—'
  // Rounded as a whole number, half away from zero: 92.005 is no exact float.
  const hundredths = Math.sign(thousandths) * Math.round(Math.abs(thousandths) / 10)
  return (hundredths / 100).toFixed(2)
}

/** Points with their sign. */
export function signed(thousandths: number): string {
  return `${thousandths > 0 ? '+' : ''}${points(thousandths)}`
}

/** Value against target in percent, whole; null where there is no target. */
export function percent(value: number | null, target: number | null): number | null {
  if (value === null || target === null || target <= 0) return null
  return Math.floor((value / target) * 100)
}

/** `03-02`, with the year when it is not `year`. */
export function shortDay(day: string | null | undefined, year: number): string {
  if (!day) return '—'
  return day.startsWith(`${year}-`) ? day.slice(5) : day
}

/** A day as papers date themselves: `2026年4月9日`. */
export function longDay(day: string, lang: Lang): string {
  const [year = 0, month = 0, date = 0] = day.slice(0, 10).split('-').map(Number)
  if (lang === 'zh') return `${year}年${month}月${date}日`
  return new Date(Date.UTC(year, month - 1, date)).toLocaleDateString('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' })
}

/** An instant in milliseconds as RFC 3339 in the city's zone, whose offset the page's own clock gives. */
export function instantOf(ms: number): string {
  const at = new Date(ms)
  const pad = (n: number): string => String(n).padStart(2, '0')
  const offset = -at.getTimezoneOffset()
  const zone = `${offset < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}${zone}`
}

/** Today as the reader's clock has it. */
export function today(): string {
  return instantOf(Date.now()).slice(0, 10)
}
