// The periods of a rhythm, as the server counts them: weeks from Monday, months, quarters, halves, years.
import type { Cadence, ScheduleBinding } from '../../../api/planTypes'

const DAY_MS = 86_400_000
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
const MONTHS: Partial<Record<Cadence, number>> = { monthly: 1, quarterly: 3, half_yearly: 6, yearly: 12 }

/** First and last day of the period a day lies in. */
export function periodOf(cadence: Cadence, day: string): { from: string; to: string } {
  if (cadence === 'daily') return { from: day, to: day }
  const date = new Date(at(day))
  if (cadence === 'weekly') {
    const monday = at(day) - ((date.getUTCDay() + 6) % 7) * DAY_MS
    return { from: dayOf(monday), to: dayOf(monday + 6 * DAY_MS) }
  }
  const n = MONTHS[cadence] ?? 1
  const first = Math.floor(date.getUTCMonth() / n) * n
  return { from: dayOf(Date.UTC(date.getUTCFullYear(), first, 1)), to: dayOf(Date.UTC(date.getUTCFullYear(), first + n, 0)) }
}

/** The periods of a schedule that have begun by `today`, the newest first, at most `limit`. */
export function begun(schedule: Pick<ScheduleBinding, 'cadence' | 'from' | 'to'>, today: string, limit = 60): { from: string; to: string }[] {
  const found: { from: string; to: string }[] = []
  let next = schedule.from
  while (next <= schedule.to && next <= today) {
    const { to } = periodOf(schedule.cadence, next)
    found.push({ from: next, to: to < schedule.to ? to : schedule.to })
    next = dayOf(at(to) + DAY_MS)
  }
  return found.reverse().slice(0, limit)
}
