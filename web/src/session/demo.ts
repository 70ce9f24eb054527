// A demo city has a log-in for everybody; the page shows one of each role and keeps the rest behind a search.
import type { DemoLogin } from '../api/types'

export interface DemoGroups { shown: DemoLogin[]; others: DemoLogin[] }

/** The first log-in of each role, those of the roles in `first` leading; everybody else in their order. */
export function byRole(logins: readonly DemoLogin[], first: readonly string[]): DemoGroups {
  const rank = (one: DemoLogin): number => {
    const at = first.indexOf(one.role)
    return at >= 0 ? at - first.length : one.stage_hint ? 0 : 1
  }
  const seen = new Set<string>()
  const shown: DemoLogin[] = []
  const others: DemoLogin[] = []
  for (const one of logins) {
    if (seen.has(one.role)) others.push(one)
    else {
      seen.add(one.role)
      shown.push(one)
    }
  }
  return { shown: shown.sort((a, b) => rank(a) - rank(b)), others }
}
