// Instants in words. An instant arrives as RFC 3339 with the city's own offset, so its digits are the city's wall clock:
// they are shown as they are, wherever the reader's computer thinks it is.
import type { Lang } from '../i18n'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK_ZH = ['日', '一', '二', '三', '四', '五', '六']
const WEEK_EN = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTH_EN = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

interface Wall { year: number; month: number; day: number; time: string; weekday: number }

function wall(instant: string): Wall | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2})|$)/.exec(instant)
  if (!found) return null
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])]
  return { year, month, day, time: found[4] ?? '', weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() }
}

/** `11月26日（周四）09:40`, or without the time for a day; the year is named when it is not `thisYear`. */
export function moment(instant: string | null | undefined, lang: Lang, thisYear = new Date().getFullYear()): string {
  const at = instant ? wall(instant) : null
  if (!at) return '—'
  const other = at.year !== thisYear
  if (lang === 'en') return `${WEEK_EN[at.weekday]} ${at.day} ${MONTH_EN[at.month - 1]}${other ? ` ${at.year}` : ''}${at.time ? `, ${at.time}` : ''}`
  return `${other ? `${at.year}年` : ''}${at.month}月${at.day}日（周${WEEK_ZH[at.weekday]}）${at.time}`
}

/** `11-26 09:40`, for tables. */
export function brief(instant: string | null | undefined): string {
  const at = instant ? wall(instant) : null
  return at ? `${pad(at.month)}-${pad(at.day)} ${at.time}` : '—'
}

const pad = (n: number): string => String(n).padStart(2, '0')

/** A span in at most two units: `2 天 3 小时`. Never negative. */
export function span(milliseconds: number, lang: Lang): string {
  const ms = Math.max(0, milliseconds)
  const [days, hours, minutes] = [Math.floor(ms / DAY), Math.floor((ms % DAY) / HOUR), Math.floor((ms % HOUR) / MINUTE)]
  const unit = lang === 'zh' ? { d: ' 天', h: ' 小时', m: ' 分' } : { d: ' d', h: ' h', m: ' min' }
  if (days >= 3) return `${days}${unit.d}`
  if (days > 0) return hours > 0 ? `${days}${unit.d} ${hours}${unit.h}` : `${days}${unit.d}`
  if (hours > 0) return minutes > 0 ? `${hours}${unit.h} ${minutes}${unit.m}` : `${hours}${unit.h}`
  return `${minutes}${unit.m}`
}

/** Time left until `due`, or time over it, in words. */
export function left(due: string, now: number, lang: Lang): { over: boolean; text: string } {
  const ms = Date.parse(due) - now
  const over = ms < 0
  const words = span(Math.abs(ms), lang)
  if (lang === 'en') return { over, text: over ? `${words} over` : `${words} left` }
  return { over, text: over ? `超 ${words}` : `剩 ${words}` }
}

/** How long ago, in one unit: `3 小时前`. */
export function ago(instant: string, now: number, lang: Lang): string {
  const ms = now - Date.parse(instant)
  if (ms < MINUTE) return lang === 'zh' ? '刚刚' : 'just now'
  const words = ms < HOUR ? span(ms, lang) : ms < DAY ? span(Math.floor(ms / HOUR) * HOUR, lang) : span(Math.floor(ms / DAY) * DAY, lang)
  return lang === 'zh' ? `${words}前` : `${words} ago`
}

/** An instant as RFC 3339 with this computer's offset, to the second. */
export function stamp(at = new Date()): string {
  const offset = -at.getTimezoneOffset()
  const digits = new Date(at.getTime() + offset * MINUTE).toISOString().slice(0, 19)
  const minutes = Math.abs(offset)
  return `${digits}${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
}
