import { expect, it } from 'vitest'
import { steps, type Entry } from '../../src/ui/steps'

function check(entries: Partial<Entry>[], expected: string[]): void {
  const whole = entries.map((entry) => ({ at: '2026-11-26T09:40:00+08:00', text: '', ...entry }))
  expect(steps(whole).map((step) => [step.text, ...step.also].join(' | '))).toEqual(expected)
}

it('puts what the clocks did under the deed of the same record', () =>
  check(
    [
      { seq: 1, text: 'registered', kind: 'opened' },
      { seq: 1, text: 'clock runs', kind: 'clock_started' },
      { seq: 2, text: 'clock kept', kind: 'clock_stopped' },
      { seq: 2, text: 'filed', kind: 'moved' },
      { seq: 3, text: 'warned', kind: 'clock_warned' },
    ],
    ['registered | clock runs', 'filed | clock kept', 'warned'],
  ))

it('keeps entries without a record apart', () => check([{ text: 'received' }, { text: 'closed' }], ['received', 'closed']))
