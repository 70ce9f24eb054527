// My jobs: from the server, kept for when there is none; by time left, with the distance where positions are known.
import { ref, shallowRef } from 'vue'
import { getCase, listCases } from '../api/calls'
import type { CaseRow, CaseView } from '../api/types'
import { database } from '../offline/db'
import type { Fix } from '../forms/photo'
import { metresBetween } from '../ui/format'
import { stamp } from '../ui/time'

export const jobs = shallowRef<CaseRow[] | null>(null)
/** When the shown list was fetched, if it is a kept one. */
export const keptAt = ref<string | null>(null)
export const jobsError = shallowRef<Error | null>(null)

async function keepList(items: CaseRow[]): Promise<void> {
  await (await database()).put('lists', { key: 'jobs', at: stamp(), items })
}

export async function reloadJobs(): Promise<void> {
  try {
    const { items } = await listCases({ mine: true, open: true, sort: 'due', limit: 200 })
    jobs.value = items
    keptAt.value = null
    jobsError.value = null
    await keepList(items)
  } catch (error) {
    const kept = await (await database()).get('lists', 'jobs')
    if (kept) {
      jobs.value = kept.items
      keptAt.value = kept.at
    } else jobsError.value = error as Error
  }
}

/** A case from the server, else as it was last seen on this phone. */
export async function loadJob(id: number): Promise<{ view: CaseView; kept: string | null }> {
  const db = await database()
  try {
    const view = await getCase(id)
    await db.put('cases', { id, at: stamp(), view })
    return { view, kept: null }
  } catch (error) {
    const kept = await db.get('cases', id)
    if (!kept) throw error
    return { view: kept.view, kept: kept.at }
  }
}

export type Order = 'due' | 'near'
export interface Job { row: CaseRow; away: number | null }

/** Jobs in the order asked for; those without a position come last when ordered by distance. */
export function ordered(rows: readonly CaseRow[], fix: Fix | null, order: Order): Job[] {
  const list = rows.map((row): Job => ({ row, away: fix && row.at ? metresBetween([fix.lon, fix.lat], row.at) : null }))
  const due = (job: Job): number => (job.row.clock?.due ? Date.parse(job.row.clock.due) : Infinity)
  if (order === 'near' && fix) return list.sort((a, b) => (a.away ?? Infinity) - (b.away ?? Infinity))
  return list.sort((a, b) => (due(a) === due(b) ? 0 : due(a) - due(b)))
}
