// The periods a board is offered for: the running one and those before it, newest first.

export interface Choice { value: string; label: string }
const two = (n: number): string => String(n).padStart(2, '0')

/** Names of one period by its kind: how many months it has and how it is written. */
const KINDS: Record<string, { months: number; write: (year: number, n: number) => string }> = {
  month: { months: 1, write: (year, n) => `${year}-${two(n)}` },
  quarter: { months: 3, write: (year, n) => `${year}-Q${n}` },
  half_year: { months: 6, write: (year, n) => `${year}-H${n}` },
  year: { months: 12, write: (year) => `${year}` },
}

/** The last `count` periods of a kind up to the one in which the day `2026-11-25` lies. */
export function periodsOf(kind: string, today: string, count: number): Choice[] {
  const found = KINDS[kind]
  if (!found) return []
  const index = Math.floor((Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1) / found.months)
  return Array.from({ length: count }, (_, back) => {
    const months = (index - back) * found.months
    const label = found.write(Math.floor(months / 12), Math.floor((months % 12) / found.months) + 1)
    return { value: `${kind}:${label}`, label }
  })
}

/** How many periods of each kind are offered: a year of months, two years of quarters, the years before. */
export const OFFERED: Record<string, number> = { month: 12, quarter: 8, half_year: 4, year: 3 }
