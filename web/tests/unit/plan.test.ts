// The pure parts of the plan's pages: offsets, tiles, defaults, filters, charts.
import { describe, expect, it } from 'vitest'
import { addWords } from '../../src/i18n'
import { planWords } from '../../src/i18n/zh-CN/plan'
import { planWords as planWordsEn } from '../../src/i18n/en/plan'
import type { Appraisal, Cadence, Commitment, Line, OfficeScore, PlanItem } from '../../src/api/planTypes'
import { curveShape } from '../../src/charts/curve'
import { ganttShape, stepState } from '../../src/charts/gantt'
import { dayNumber, linear, months, pathOf, ticks } from '../../src/charts/scale'
import { amount, instantOf, longDay, percent, points, rough, said, shortDay, signed } from '../../src/console/plan/figures'
import { adjusted, givenBack, groupsOf, spread } from '../../src/console/plan/appraisals/ranking'
import { bindingDue, bindingText } from '../../src/console/plan/ledger/bindingText'
import { asExport, asQuery, countLights, isView, parseViews, readFilters, rowsOf, selected, withFilters } from '../../src/console/plan/ledger/filters'
import { begun, periodOf } from '../../src/console/plan/ledger/periods'
import { treeOf } from '../../src/console/plan/ledger/tree'
import { bindingFault, bindingFor, dueOf, kindFor, stepId } from '../../src/console/plan/review/defaults'
import { inOrder, lacksOf, meterOf, nextLacking } from '../../src/console/plan/review/readiness'
import { tilesOf } from '../../src/console/plan/review/tiles'
import { cutPoints, scalarOffset, sliceScalars } from '../../src/console/plan/scalars'

const promise = (id: string, more: Partial<Commitment> = {}): Commitment =>
  ({ id, item: 1, span: [0, 1], text: '', class: 'count', rule: 'amount', weight: 5, ...more })

describe('offsets', () => {
  // 𡃁 is one scalar and two UTF-16 units.
  const text = '一、𡃁街；二路'
  it('count scalars, not UTF-16 units', () => {
    expect([text.length, scalarOffset(text, 4), scalarOffset(text, 99)]).toEqual([8, 3, 7])
    expect([sliceScalars(text, 2, 4), sliceScalars(text, -3, 1)]).toEqual(['𡃁街', '一'])
  })
  it('inside a pair count as its end', () => expect(scalarOffset(text, 3)).toBe(3))
  it('offer cuts after separators, never at the ends', () => {
    expect(cutPoints(text)).toEqual([2, 5])
    expect(cutPoints('，甲')).toEqual([1])
    expect(cutPoints('甲。')).toEqual([])
  })
})

describe('tiles', () => {
  const item: PlanItem = { no: 1, section: 1, title: '供水', text: '1.供水。为民𡃁，修路五条；种树。', offices: [], body_from: 5, context: [[5, 8]] }
  const two = [promise('01.02', { span: [14, 16] }), promise('01.01', { span: [9, 13] })]
  const check = (commitments: Commitment[], expected: string[]): void =>
    expect(tilesOf(item, commitments).map((tile) => `${tile.kind}:${tile.text}`)).toEqual(expected)
  it('cover the text in its order, by scalars', () => {
    check(two, ['title:1.供水。', 'context:为民𡃁', 'between:，', 'commitment:修路五条', 'between:；', 'commitment:种树', 'between:。'])
  })
  it('put together are the text, whatever the spans', () => {
    for (const commitments of [two, [], [promise('x', { span: [0, 99] })], [promise('x', { span: [6, 12] }), promise('y', { span: [10, 3] })]]) {
      expect(tilesOf(item, commitments).map((tile) => tile.text).join('')).toBe(item.text)
    }
  })
  it('are those of the item only', () => check([promise('02.01', { item: 2, span: [9, 13] })], ['title:1.供水。', 'context:为民𡃁', 'between:，修路五条；种树。']))
})

describe('a proposed binding', () => {
  const quantity = (value: number, unit: string, deadline?: string) => ({ text: `${value}${unit}`, value, unit, comparator: '>=', deadline })
  const check = (one: Commitment, expected: unknown): void => expect(bindingFor(kindFor(one), one, 2026, 'case')).toEqual(expected)
  it('counts what the text promises, until the day it names', () => {
    check(promise('a', { quantities: [quantity(50, '公里', '2026-09-30')] }), { kind: 'count', target: 50, unit: '公里', due: '2026-09-30' })
    check(promise('a', { class: 'target_rate', quantities: [quantity(98, '%')] }), { kind: 'indicator', measure: 'on_time', procedure: 'case', target: 98, min_cases: 5 })
  })
  it('keeps a rhythm, or spreads a number', () => {
    check(promise('a', { class: 'periodic', cadences: ['weekly'], quantities: [quantity(52, '次')] }), { kind: 'schedule', cadence: 'weekly', from: '2026-01-01', to: '2026-12-31' })
    check(promise('a', { class: 'periodic', quantities: [quantity(20, '次')] }), { kind: 'schedule', cadence: 'monthly', from: '2026-01-01', to: '2026-12-31', times: 20 })
  })
  it('has steps in order that end at the due day', () => {
    const chain = bindingFor('milestones', promise('a', { class: 'project', quantities: [quantity(1, '座', '2026-06-30')] }), 2026, '')
    const days = chain.kind === 'milestones' ? chain.steps.map((step) => step.due) : []
    expect([days, [...days].sort()]).toEqual([['2026-02-28', '2026-03-31', '2026-05-31', '2026-06-30'], days])
  })
  it('is one that can be sent, for every kind that has its words', () => {
    for (const kind of ['milestones', 'indicator', 'duty', 'schedule', 'document', 'mechanism', 'opinion'] as const) {
      expect([kind, bindingFault(bindingFor(kind, promise('a'), 2026, 'case'), 2026)]).toEqual([kind, null])
    }
    expect(bindingFault(bindingFor('count', promise('a'), 2026, 'case'), 2026)).toBe('unit')
    expect(bindingFault(bindingFor('duty', promise('a'), 2026, ''), 2026)).toBe('procedure')
  })
  it('says what is wrong', () => {
    expect(bindingFault({ kind: 'count', target: 0, unit: '条', due: '2026-01-01' }, 2026)).toBe('target')
    expect(bindingFault({ kind: 'milestones', steps: [] }, 2026)).toBe('steps')
    expect(bindingFault({ kind: 'schedule', cadence: 'weekly', from: '2026-05-01', to: '2026-04-01' }, 2026)).toBe('to')
  })
  it('falls due at the year’s end unless the text says', () => expect(dueOf(promise('a'), 2026)).toBe('2026-12-31'))
  it('gives new steps their own id', () => expect(stepId([{ id: 'step2', title: '', due: '' }])).toBe('step3'))
})

describe('what is lacking', () => {
  const stamp = { by: 1, at: 0 }
  const bound = promise('01.01', { confirmed: stamp, lead: 3, binding: { kind: 'count', target: 1, unit: '条', due: '2026-12-31' } })
  const ready = promise('01.02', { confirmed: stamp, lead: 3, binding: { kind: 'opinion' } })
  const bare = promise('01.03', { questions: [{ id: 'clock', about: '第一时间', text: '几分钟？' }] })
  it('is told by name', () => {
    expect([lacksOf(bound), lacksOf(ready), lacksOf(bare)]).toEqual([['watched'], [], ['confirmed', 'lead', 'bound', 'question']])
  })
  it('is found from where one is, round the end', () => {
    const all = [bound, ready, bare]
    expect([nextLacking(all, null), nextLacking(all, '01.01'), nextLacking(all, '01.03'), nextLacking([ready], '01.02'), nextLacking(all, '01.01', 'watched')])
      .toEqual(['01.01', '01.03', '01.01', null, '01.01'])
  })
  it('is counted for the meter', () => {
    expect(meterOf({ commitments: [bound, ready, bare] })).toEqual({
      confirmed: { done: 2, all: 3 }, lead: { done: 2, all: 3 }, bound: { done: 2, all: 3 }, watched: { done: 0, all: 1 }, question: { done: 0, all: 1 },
    })
  })
  it('is in the order of the document', () => {
    expect(inOrder([promise('b', { item: 2 }), promise('a', { span: [9, 10] }), promise('z', { span: [2, 3] })]).map((one) => one.id)).toEqual(['z', 'a', 'b'])
  })
})

describe('the ledger', () => {
  const line = (commitment: string, light: Line['light'], office: string): Line => ({ commitment, light, office_name: office, class: 'count' }) as unknown as Line
  const lines = [line('01.01', 'red', '甲'), line('01.02', 'green', '乙'), line('02.01', 'red', '甲')]
  it('reads its filters from the address, by known names only', () => {
    expect(readFilters({ light: ['red'], office: '3', nonsense: 'x', q: '' })).toEqual({ light: 'red', office: '3' })
    expect(withFilters({ light: 'red', q: '水' }, { light: '', view: 'gantt' })).toEqual({ q: '水', view: 'gantt' })
    expect([asQuery({ light: 'red', office: '3' }).office, 'light' in asQuery({ light: 'red' }), asExport({ light: 'red' }).light]).toEqual([3, false, 'red'])
  })
  it('selects by light here, so that the summary counts all', () => {
    expect([selected(lines, { light: 'red' }).length, countLights(lines)]).toEqual([2, { red: 2, amber: 0, green: 1, grey: 0 }])
  })
  it('groups with headings; a line keeps its id', () => {
    const shown = rowsOf(selected(lines, { light: 'red' }), lines, 'office', (one) => one.office_name ?? '')
    expect(shown.map((row) => [row.id, row.line?.commitment ?? null])).toEqual([[-1, null], [1, '01.01'], [3, '02.01']])
  })
  it('keeps views, and only views', () => {
    const kept = parseViews('[{"name":"红灯","query":{"light":"red","x":1}},{"name":3},null]')
    expect([kept, parseViews('no'), isView(kept[0]!, { light: 'red' }), isView(kept[0]!, {})]).toEqual([[{ name: '红灯', query: { light: 'red' } }], [], true, false])
  })
})

describe('figures', () => {
  it('are set as numbers', () => {
    expect([amount(550000), amount(5.25), amount(null), points(92_005), signed(-500), signed(1000)]).toEqual(['550,000', '5.25', '—', '92.01', '-0.50', '+1.00'])
    expect([percent(31, 50), percent(1, 0), shortDay('2026-03-02', 2026), shortDay('2027-03-02', 2026)]).toEqual([62, null, '03-02', '2027-03-02'])
  })
  it('computed ones keep the digits that mean something, large ones are said', () => {
    expect([rough(48_041.095), rough(23.456), rough(0.126), said(1e9, 'zh'), said(9_907_205, 'zh'), said(1e9, 'en'), said(50_000, 'zh'), said(null, 'zh')])
      .toEqual(['48,041', '23.5', '0.13', '10亿', '991万', '1 bn', '50,000', '—'])
  })
  it('date a paper', () => expect([longDay('2026-04-09T10:00:00+08:00', 'zh'), longDay('2026-04-09', 'en')]).toEqual(['2026年4月9日', '9 April 2026']))
  it('give an instant with its offset', () => expect(Date.parse(instantOf(1_700_000_000_000))).toBe(1_700_000_000_000))
})

describe('charts', () => {
  it('have round ticks from zero that cover the most', () => {
    expect([ticks(50), ticks(7), ticks(0), ticks(0.4)]).toEqual([[0, 20, 40, 60], [0, 2, 4, 6, 8], [0], [0, 0.1, 0.2, 0.3, 0.4]])
  })
  it('break a line where nothing is known', () => {
    expect(pathOf([{ x: 0, y: 1 }, { x: 2, y: 3 }, null, { x: 4, y: 5.06 }])).toBe('M0 1L2 3M4 5.1')
    expect([linear(0, 10, 100, 0)(5), linear(3, 3, 7, 9)(3)]).toEqual([50, 7])
  })
  it('know months', () => expect(months(dayNumber('2026-01-15'), dayNumber('2026-03-01')).map((one) => one.month)).toEqual([2, 3]))
  it('draw the curve inside its box, with the fan from the last point', () => {
    const shape = curveShape(
      [{ day: '2026-01-01', planned: 0, actual: 0 }, { day: '2026-06-30', planned: 24, actual: 15 }, { day: '2026-12-31', planned: 50, actual: null }],
      50, { low: 25, mid: 31, high: 36, by: '2026-12-31' }, { width: 100, height: 100, left: 0, right: 0, top: 0, bottom: 0 },
    )
    expect([shape.planned, shape.actual, shape.last?.value]).toEqual(['M0 100L49.5 60L100 16.7', 'M0 100L49.5 75', 15])
    expect(shape.fan).toBe('M49.5 75L100 40L100 58.3Z')
    expect(curveShape([], null, null).planned).toBe('')
  })
  it('lay a year of steps out', () => {
    const step = (due: string, done: string | null) => ({ id: due, title: '', due, done })
    const steps = [step('2026-01-01', '2026-01-01'), step('2026-02-01', '2026-02-03'), step('2026-03-01', null), step('2027-03-01', null)]
    const shape = ganttShape([{ id: 'a', title: '', light: 'red', from: '2026-01-01', due: null, steps }], 2026, '2026-04-01', 364)
    expect(shape.bars[0]?.marks.map((mark) => [Math.round(mark.x), mark.state])).toEqual([[0, 'done'], [31, 'done_late'], [59, 'overdue'], [364, 'open']])
    expect([shape.today, stepState(step('2026-05-01', null), '2026-04-01')]).toEqual([90, 'open'])
  })
})

describe('periods', () => {
  it('are those of the rhythm: weeks from Monday, months, quarters, halves', () => {
    const check = (cadence: Cadence, expected: [string, string]): void => {
      const { from, to } = periodOf(cadence, '2026-11-25')
      expect([cadence, from, to]).toEqual([cadence, ...expected])
    }
    check('daily', ['2026-11-25', '2026-11-25'])
    check('weekly', ['2026-11-23', '2026-11-29'])
    check('monthly', ['2026-11-01', '2026-11-30'])
    check('quarterly', ['2026-10-01', '2026-12-31'])
    check('half_yearly', ['2026-07-01', '2026-12-31'])
  })
  it('that have begun come newest first and end with the schedule', () => {
    expect(begun({ cadence: 'monthly', from: '2026-01-15', to: '2026-03-10' }, '2026-11-25')).toEqual([
      { from: '2026-03-01', to: '2026-03-10' }, { from: '2026-02-01', to: '2026-02-28' }, { from: '2026-01-15', to: '2026-01-31' },
    ])
    expect(begun({ cadence: 'monthly', from: '2027-01-01', to: '2027-12-31' }, '2026-11-25')).toEqual([])
  })
})

describe('the task tree', () => {
  const check = (parts: [id: number, parent: number | null][], expected: [number, number][]): void =>
    expect(treeOf(parts.map(([id, parent]) => ({ id, parent }))).map(({ node, depth }) => [node.id, depth])).toEqual(expected)
  it('puts each part under its own', () => check([[1, null], [2, null], [3, 1], [4, 3]], [[1, 0], [3, 1], [4, 2], [2, 0]]))
  it('drops nothing: neither orphans nor rings', () => check([[1, 9], [2, 3], [3, 2]], [[1, 0], [2, 0], [3, 1]]))
})

describe('an appraisal', () => {
  const stamp = { by: 1, at: 0 }
  const score = (group: string, total: number | null, rank: number | null): OfficeScore =>
    ({ group, ledger: total, rated: 1, weight: 1, mark: null, adjustments: [{ points: -500, reason: '', stamp }, { points: 1500, reason: '', stamp }], total, rank, grade: null, head: '' })
  const appeal = (office: number, points: number, upheld: boolean) => ({ id: office, office, commitment: null, text: '', stamp, ruling: { upheld, reason: '', points, stamp } })
  const appraisal = { offices: { 1: score('甲组', 80_000, 2), 2: score('甲组', 90_000, 1), 3: score('乙组', null, null), 4: score('甲组', null, null) }, appeals: [appeal(1, 2000, true), appeal(1, 900, false)] } as unknown as Appraisal
  const [first, second] = groupsOf(appraisal)
  it('ranks within peers, the unrated last', () => {
    expect([first?.group, first?.offices.map((one) => one.office), second?.offices.map((one) => one.office)]).toEqual(['甲组', [2, 1, 4], [3]])
    expect([spread(first?.offices ?? []), spread(second?.offices ?? [])]).toEqual([10_000, null])
  })
  it('adds each part apart', () => expect([adjusted(appraisal.offices[1]!), givenBack(first?.offices[1]?.appeals ?? [])]).toEqual([1000, 2000]))
})

describe('a binding in words', () => {
  it('is a sentence with its day', () => {
    addWords(planWords, planWordsEn)
    expect(bindingText({ kind: 'count', target: 50, unit: '公里', due: '2026-12-31' })).toBe('到 2026-12-31 完成 50 公里')
    expect(bindingText({ kind: 'schedule', cadence: 'weekly', from: '2026-01-01', to: '2026-12-31' })).toBe('2026-01-01 至 2026-12-31，每周')
    expect(bindingDue({ kind: 'milestones', steps: [{ id: 'a', title: '', due: '2026-05-01' }, { id: 'b', title: '', due: '2026-04-01' }] })).toBe('2026-05-01')
    expect([bindingText(null), bindingDue({ kind: 'opinion' })]).toEqual(['尚未选择', null])
  })
})
