// The filters of the desk are in its address, by these names and no others; the same names go to the server.
import type { LocationQuery, LocationQueryRaw } from 'vue-router'

export const NAMES = ['kind', 'stage', 'unit', 'area', 'light', 'source', 'category', 'q', 'mine', 'open', 'sort', 'opened_from', 'opened_to'] as const
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

/** The address of the same desk with some filters changed; an empty value takes the filter away. */
export function withFilters(filters: Filters, change: Filters): LocationQueryRaw {
  const next: LocationQueryRaw = {}
  for (const name of NAMES) {
    const value = name in change ? change[name] : filters[name]
    if (value) next[name] = value
  }
  return next
}

/** What is asked of the server: open cases by time left, unless the address says otherwise. */
export function asQuery(filters: Filters): Record<string, string> {
  const { open = 'true', sort = 'due', ...rest } = filters
  return { ...rest, ...(open === 'all' ? {} : { open }), sort }
}
