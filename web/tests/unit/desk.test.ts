import { describe, expect, it } from 'vitest'
import type { CaseMove, CaseView, Me } from '../../src/api/types'
import { parseNews } from '../../src/api/events'
import { commonMoves } from '../../src/console/desk/bulk'
import { asQuery, readFilters, withFilters } from '../../src/console/desk/filters'
import { navFor } from '../../src/console/nav'
import { boxAround } from '../../src/console/newCase'
import { pageContent } from '../../src/console/procedurePage'
import { circle } from '../../src/map/circle'
import { pointCollection } from '../../src/map/points'
import { codeIn } from '../../src/public/route'
import { byRole } from '../../src/session/demo'
import { gridTemplate, hiddenColumns, keepColumns, leastWidth, type Column } from '../../src/ui/columns'
import { bytes, distance, metresBetween, shortHash } from '../../src/ui/format'
import type { Key } from '../../src/i18n'
import { actionFor, isTyping } from '../../src/ui/keys'

describe('filters', () => {
  it('are read from the address, by known names only', () => {
    expect(readFilters({ light: 'late', q: '', nonsense: 'x', stage: ['任务派遣'] })).toEqual({ light: 'late', stage: '任务派遣' })
  })
  it('change one and keep the others', () => {
    expect(withFilters({ light: 'late', q: '井盖' }, { light: '' })).toEqual({ q: '井盖' })
    expect(withFilters({ q: '井盖' }, { mine: 'true' })).toEqual({ q: '井盖', mine: 'true' })
  })
  it('ask for open cases by time left unless told otherwise', () => {
    expect(asQuery({})).toEqual({ open: 'true', sort: 'due' })
    expect(asQuery({ open: 'all', sort: '-opened', kind: 'case' })).toEqual({ kind: 'case', sort: '-opened' })
  })
})

describe('moves for several cases', () => {
  const move = (id: string, more: Partial<CaseMove> = {}): CaseMove =>
    ({ id, title: id, to: null, primary: false, possible: true, because: null, fields: [], evidence: [], approve: [], advise: [], ...more })
  const view = (...moves: CaseMove[]): CaseView => ({ moves }) as unknown as CaseView
  const check = (views: CaseView[], expected: string[]): void => expect(commonMoves(views).map((one) => one.id)).toEqual(expected)
  it('are those all allow and that ask for nothing', () => {
    check([view(move('accept'), move('hang')), view(move('accept'))], ['accept'])
    check([view(move('accept')), view(move('accept', { possible: false }))], [])
    check([view(move('feed_back', { evidence: [{ kind: 'photo', min: 1, tags: [], within_m: null, after_state: null }] }))], [])
    check([], [])
  })
})

describe('keys', () => {
  const action = (key: string, title: string) => ({ keys: [key], title: title as Key, run: () => undefined })
  it('mean what the newest layer says', () => {
    expect(actionFor('r', [[action('r', 'desk')], [action('r', 'case')]])?.title).toBe('case')
    expect(actionFor('j', [[action('j', 'down')], [action('r', 'case')]])?.title).toBe('down')
    expect(actionFor('q', [[action('j', 'down')]])).toBeNull()
  })
  it('belong to the field one types in', () => {
    expect(isTyping(document.createElement('textarea'))).toBe(true)
    expect(isTyping(document.createElement('button'))).toBe(false)
    expect(isTyping(null)).toBe(false)
  })
})

describe('places', () => {
  it('measures metres', () => {
    expect(Math.round(metresBetween([113.6654, 34.7579], [113.6654, 34.7589]))).toBe(111)
    expect([distance(84.4, 'zh'), distance(1840, 'en')]).toEqual(['84 米', '1.8 km'])
  })
  it('makes a box and a circle around a place', () => {
    expect(boxAround([0, 0], 111_320)).toBe('-1.000000,-1.000000,1.000000,1.000000')
    expect(circle(null, 10).features).toHaveLength(0)
    expect(circle([113, 34], 10).features).toHaveLength(1)
  })
  it('ranks the lights so that the worst is the greatest', () => {
    const ranks = pointCollection([[1, 0, 0, 'late'], [2, 0, 0, 'good']]).features.map((feature) => feature.properties?.rank as number)
    expect(ranks).toEqual([3, 1])
  })
})

it('reads news and ignores noise', () => {
  expect(parseNews('{"case":7,"seq":3,"state":"filed","unit":null}')).toEqual({ kind: 'case', news: { case: 7, seq: 3, state: 'filed', unit: null } })
  expect(parseNews('keep-alive')).toBeNull()
})
it('finds the code in a follow address', () => {
  expect([codeIn('/t/AB%2D12'), codeIn('/'), codeIn('/t/')]).toEqual(['AB-12', null, null])
})
it('shows hashes and sizes short', () => {
  expect(shortHash('0123456789abcdef0123')).toBe('01234567…0123')
  expect([bytes(512), bytes(1_500_000)]).toEqual(['512 B', '1.5 MB'])
})
it('offers the log to those who watch', () => {
  const who = (role: string): Me => ({ roles: [{ role, title: '', office: null, area: null }] }) as unknown as Me
  expect(navFor(who('dispatcher')).map((link) => link.to)).not.toContain('/audit')
  expect(navFor(who('admin')).map((link) => link.to)).toContain('/audit')
})
it('takes a server page apart without its scripts', () => {
  const [body] = pageContent('<html><body><h1>流程</h1><script>x()</script><p onclick="x()">甲</p></body></html>').slice(-1) as HTMLElement[]
  expect(body?.innerHTML).toBe('<h2>流程</h2><p>甲</p>')
})
it('shows one demo log-in of each role, the page’s own roles first', () => {
  const one = (login: string, role: string, stage_hint = '') => ({ login, role, stage_hint, name: '', role_title: '', office: null })
  const { shown, others } = byRole([one('a', 'leader', 'x'), one('b', 'clerk'), one('c', 'crew', 'x'), one('d', 'crew', 'x')], ['crew'])
  expect([shown.map((x) => x.login), others.map((x) => x.login)]).toEqual([['c', 'a', 'b'], ['d']])
})
it('leaves out columns that are off until the reader chooses', () => {
  const columns: Column[] = [{ key: 'a', title: 'a', width: 10 }, { key: 'b', title: 'b', width: 20, grow: 2, off: true }]
  expect(hiddenColumns('test', columns)).toEqual(['b'])
  keepColumns('test', [])
  expect(hiddenColumns('test', columns)).toEqual([])
  expect([gridTemplate(columns), leastWidth(columns)]).toEqual(['10px minmax(20px, 2fr)', 30])
})
