// The filters of the ledger are in its address, by these names and no others.
import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { LedgerQuery } from '../../../api/plan'
import type { Line, Lights } from '../../../api/planTypes'

export const NAMES = ['office', 'section', 'area', 'light', 'class', 'q', 'as_of', 'group', 'view'] as const
export type Name = (typeof NAMES)[number]
export type Filters = Partial<Record<Name, string>>

/** Filters of an address; names it does not know are left out. */
export function readFilters(query: LocationQuery): Filters {
  const filters: Filters = {}
  for (const name of NAMES) {
    const value = query[name]
    const text = Array.isArray(value) ? value[0] : value
    if (typeof text === 'string' && text !== '') filters[name] = text
  }
  return filters
}

/** The address of the same ledger with some filters changed; an empty value takes the filter away. */
export function withFilters(filters: Filters, change: Filters): LocationQueryRaw {
  const next: LocationQueryRaw = {}
  for (const name of NAMES) {
    const value = name in change ? change[name] : filters[name]
    if (value) next[name] = value
  }
  return next
}

/** What the server selects by. The light is selected here, so that the summary keeps counting the others. */
export function asQuery({ office, section, area, q, as_of }: Filters): LedgerQuery {
  return { office: Number(office) || undefined, section: Number(section) || undefined, area, q, as_of }
}
/** The same with what is selected here, for files. */
export function asExport(filters: Filters): LedgerQuery {
  return { ...asQuery(filters), light: filters.light, class: filters.class }
}

export function selected(lines: readonly Line[], filters: Filters): Line[] {
  return lines.filter((line) => (!filters.light || line.light === filters.light) && (!filters.class || line.class === filters.class))
}

export function countLights(lines: readonly Pick<Line, 'light'>[]): Lights {
  const lights: Lights = { red: 0, amber: 0, green: 0, grey: 0 }
  for (const line of lines) lights[line.light] += 1
  return lights
}

/** A row of the table: a line, or the heading of a group. */
export type LedgerRow = { id: number; group: string; n: number; line: null } | { id: number; line: Line }

/** Lines with a heading before each group, groups in the order they first appear. Ids are those of the line's place in `all`, so they stay when filters change; headings have negative ones. */
export function rowsOf(lines: readonly Line[], all: readonly Line[], group: string | undefined, titleOf: (line: Line) => string): LedgerRow[] {
  const places = new Map(all.map((line, index) => [line.commitment, index + 1]))
  const asRow = (line: Line): LedgerRow => ({ id: places.get(line.commitment) ?? 0, line })
  if (!group) return lines.map(asRow)
  const groups = new Map<string, Line[]>()
  for (const line of lines) {
    const title = titleOf(line)
    groups.set(title, [...(groups.get(title) ?? []), line])
  }
  return [...groups].flatMap(([title, members], index): LedgerRow[] => [{ id: -1 - index, group: title, n: members.length, line: null }, ...members.map(asRow)])
}

export interface SavedView { name: string; query: Filters }

/** Saved views from what the browser kept; what is not one is left out. */
export function parseViews(kept: string | null): SavedView[] {
  try {
    const value: unknown = JSON.parse(kept ?? '[]')
    if (!Array.isArray(value)) return []
    return value.flatMap((one: { name?: unknown; query?: unknown }) =>
      typeof one?.name === 'string' && typeof one.query === 'object' && one.query !== null ? [{ name: one.name, query: readFilters(one.query as LocationQuery) }] : [])
  } catch {
    return []
  }
}

/** Whether the address shows exactly that view. */
export function isView(view: SavedView, filters: Filters): boolean {
  return NAMES.every((name) => (view.query[name] ?? '') === (filters[name] ?? ''))
}
