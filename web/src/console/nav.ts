// What each role finds in the bar. The server decides what may be seen; this only keeps idle links away.
import type { Key } from '../i18n'
import type { Me } from '../api/types'

export interface NavLink { to: string; title: Key }
const WATCHERS = ['admin', 'supervisor', 'leader', 'shift_leader', 'evaluator', 'auditor']

export function navFor(me: Me | null): NavLink[] {
  const watches = me?.roles.some((held) => WATCHERS.includes(held.role)) ?? false
  const links: NavLink[] = [
    { to: '/desk', title: 'nav.desk' },
    { to: '/new', title: 'nav.new' },
    { to: '/plan', title: 'nav.plan' },
    { to: '/board', title: 'nav.board' },
    { to: '/procedures', title: 'nav.procedures' },
  ]
  if (watches) links.push({ to: '/audit', title: 'nav.audit' }, { to: '/health', title: 'nav.health' })
  return links
}
