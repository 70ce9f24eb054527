// The pure parts of the boards: periods on offer, bars.
import { describe, expect, it } from 'vitest'
import { barShape } from '../../src/charts/bars'
import { periodsOf } from '../../src/console/measure/periods'

describe('periods', () => {
  const check = (kind: string, count: number, expected: string[]): void =>
    expect(periodsOf(kind, '2026-02-25', count).map((one) => one.value)).toEqual(expected)
  it('are the running one and those before it, over the turn of the year', () => {
    check('month', 3, ['month:2026-02', 'month:2026-01', 'month:2025-12'])
    check('quarter', 2, ['quarter:2026-Q1', 'quarter:2025-Q4'])
    check('half_year', 2, ['half_year:2026-H1', 'half_year:2025-H2'])
    check('year', 2, ['year:2026', 'year:2025'])
    check('week', 2, [])
  })
})

describe('bars', () => {
  it('are as long as their value, and what is not rated has none', () => {
    const bar = (id: string, value: number | null): { id: string; title: string; value: number | null; mark: string } => ({ id, title: id, value, mark: value === null ? '无数据' : String(value) })
    const { boxes, ticks, height } = barShape([bar('a', 100), bar('b', 50), bar('c', null)])
    expect(boxes.map((box) => [box.width, box.empty])).toEqual([[430, false], [215, false], [0, true]])
    expect(ticks.map((tick) => tick.value)).toEqual([0, 25, 50, 75, 100])
    expect(height).toBe(90)
    expect(barShape([]).boxes).toEqual([])
  })
})
