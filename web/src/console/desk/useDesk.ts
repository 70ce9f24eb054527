// The rows of the desk, with live news: a row that changed is replaced where it stands and marked; rows never jump under
// the reader's eyes. What news adds or takes away waits for the reader's word.
import { computed, onBeforeUnmount, ref, shallowRef, type Ref } from 'vue'
import { countCases, getCase, listCases, mapCases, type CaseQuery } from '../../api/calls'
import { onNews } from '../../api/events'
import type { CaseRow, CaseView, Count, MapPoint } from '../../api/types'

const PAGE = 100

/** A case as it stands in a list. */
export function rowOf(view: CaseView): CaseRow {
  return { ...view, reports: view.reports.length }
}

export function useDesk(query: Ref<CaseQuery>) {
  const rows = shallowRef<CaseRow[]>([])
  const next = ref<string | null>(null)
  const loading = ref(false)
  const error = shallowRef<Error | null>(null)
  const fresh = ref(new Set<number>())
  const pending = ref(0)
  const points = shallowRef<MapPoint[]>([])
  const clipped = ref(false)
  const lights = shallowRef<Count[]>([])
  const stages = shallowRef<Count[]>([])
  const total = ref<number | null>(null)
  let turn = 0

  /** Loads the first page anew. */
  async function reload(): Promise<void> {
    const mine = ++turn
    loading.value = true
    try {
      const page = await listCases({ ...query.value, limit: PAGE })
      if (mine !== turn) return
      rows.value = page.items
      next.value = page.next
      error.value = null
      fresh.value = new Set()
      pending.value = 0
    } catch (problem) {
      if (mine === turn) error.value = problem as Error
    } finally {
      if (mine === turn) loading.value = false
    }
    void figures()
  }
  async function more(): Promise<void> {
    if (loading.value || !next.value) return
    const mine = turn
    loading.value = true
    const page = await listCases({ ...query.value, limit: PAGE, after: next.value }).catch(() => null)
    loading.value = false
    if (!page || mine !== turn) return
    const known = new Set(rows.value.map((row) => row.id))
    rows.value = [...rows.value, ...page.items.filter((row) => !known.has(row.id))]
    next.value = page.next
  }
  /** Counts and map of the same filters. A count by a thing leaves that thing's own filter out, to show the others. */
  async function figures(): Promise<void> {
    const mine = turn
    const { sort: _sort, ...filters } = query.value
    const [byLight, byStage, map] = await Promise.allSettled([
      countCases({ ...filters, light: undefined }, 'light'), countCases({ ...filters, stage: undefined }, 'stage'), mapCases(filters),
    ])
    if (mine !== turn) return
    if (byLight.status === 'fulfilled') {
      lights.value = byLight.value.items
      const light = query.value.light
      total.value = light ? (byLight.value.items.find((count) => count.key === light)?.n ?? 0) : byLight.value.total
    }
    if (byStage.status === 'fulfilled') stages.value = byStage.value.items
    if (map.status === 'fulfilled') {
      points.value = map.value.items
      clipped.value = map.value.clipped
    }
  }
  async function renew(id: number): Promise<void> {
    const at = rows.value.findIndex((row) => row.id === id)
    if (at < 0) {
      pending.value += 1
      return
    }
    const view = await getCase(id).catch(() => null)
    if (!view) return
    rows.value = rows.value.map((row) => (row.id === id ? rowOf(view) : row))
    fresh.value = new Set([...fresh.value, id])
  }
  let timer = 0
  const stop = onNews((news) => {
    if (news.kind === 'reset') pending.value += 1
    else void renew(news.news.case)
    clearTimeout(timer)
    timer = window.setTimeout(() => void figures(), 3000)
  })
  onBeforeUnmount(() => {
    clearTimeout(timer)
    stop()
  })
  return { rows, next, more, hasMore: computed(() => next.value !== null), loading, error, fresh, pending, points, clipped, lights, stages, total, reload, renew }
}
