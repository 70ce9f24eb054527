// Scales of the small charts: days and amounts onto pixels, and round numbers for the axis.

const DAY_MS = 86_400_000

/** Days since 1970 of `2026-03-02`; NaN for what is no day. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / DAY_MS)
}

export type Scale = (n: number) => number

/** Maps `[from, to]` onto `[low, high]`; an empty domain maps to `low`. */
export function linear(from: number, to: number, low: number, high: number): Scale {
  return (n) => (to === from ? low : low + ((n - from) / (to - from)) * (high - low))
}

/** Round numbers from zero that cover `max`, about `about` of them. */
export function ticks(max: number, about = 4): number[] {
  if (!(max > 0)) return [0]
  const raw = max / about
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= raw) ?? raw
  const found: number[] = []
  for (let n = 0; n < max + step * 0.999; n += step) found.push(Number(n.toPrecision(12)))
  return found
}

export interface Point { x: number; y: number }

/** A path through points, starting anew after each gap. */
export function pathOf(points: readonly (Point | null)[]): string {
  let pen = 'M'
  const parts: string[] = []
  for (const point of points) {
    if (!point) {
      pen = 'M'
      continue
    }
    parts.push(`${pen}${round(point.x)} ${round(point.y)}`)
    pen = 'L'
  }
  return parts.join('')
}
export const round = (n: number): number => Math.round(n * 10) / 10

/** The first days of the months between two day numbers, with their month. */
export function months(from: number, to: number): { at: number; month: number }[] {
  const found: { at: number; month: number }[] = []
  const start = new Date(from * DAY_MS)
  for (let month = start.getUTCMonth(), year = start.getUTCFullYear(); ; month += 1) {
    if (month === 12) {
      month = 0
      year += 1
    }
    const at = Math.round(Date.UTC(year, month, 1) / DAY_MS)
    if (at > to) return found
    if (at >= from) found.push({ at, month: month + 1 })
  }
}
