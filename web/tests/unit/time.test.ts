import { describe, expect, it } from 'vitest'
import { ago, brief, left, moment, span, stamp } from '../../src/ui/time'

const HOUR = 3_600_000
const DAY = 24 * HOUR

describe('moment', () => {
  const check = (instant: string | null, zh: string, en: string): void => {
    expect([moment(instant, 'zh', 2026), moment(instant, 'en', 2026)]).toEqual([zh, en])
  }
  it('shows the city’s wall clock wherever the reader is', () => check('2026-11-26T09:40:00+08:00', '11月26日（周四）09:40', 'Thu 26 Nov, 09:40'))
  it('names another year', () => check('2014-09-28T09:40:00+08:00', '2014年9月28日（周日）09:40', 'Sun 28 Sep 2014, 09:40'))
  it('shows a day without a time', () => check('2026-11-26', '11月26日（周四）', 'Thu 26 Nov'))
  it('has a sign for nothing', () => check(null, '—', '—'))
  it('is short in tables', () => expect(brief('2026-01-05T08:05:00+08:00')).toBe('01-05 08:05'))
})

describe('span', () => {
  const check = (ms: number, zh: string): void => expect(span(ms, 'zh')).toBe(zh)
  it('says minutes, hours and days, two units at most', () => {
    check(5 * 60_000, '5 分')
    check(3 * HOUR + 20 * 60_000, '3 小时 20 分')
    check(DAY + 3 * HOUR, '1 天 3 小时')
    check(9 * DAY + 3 * HOUR, '9 天')
    check(-1, '0 分')
  })
})

describe('left', () => {
  const now = Date.parse('2026-11-25T00:00:00Z')
  it('tells time left from time over', () => {
    expect(left('2026-11-25T01:30:00Z', now, 'zh')).toEqual({ over: false, text: '剩 1 小时 30 分' })
    expect(left('2026-11-24T23:00:00Z', now, 'zh')).toEqual({ over: true, text: '超 1 小时' })
    expect(left('2026-11-24T23:00:00Z', now, 'en')).toEqual({ over: true, text: '1 h over' })
  })
  it('tells how long ago in one unit', () => {
    expect(ago('2026-11-24T20:30:00Z', now, 'zh')).toBe('3 小时前')
    expect(ago('2026-11-24T23:59:40Z', now, 'zh')).toBe('刚刚')
  })
})

it('stamps an instant that means the same instant', () => {
  const at = new Date(1_764_000_000_000)
  expect(Date.parse(stamp(at))).toBe(at.getTime())
})
