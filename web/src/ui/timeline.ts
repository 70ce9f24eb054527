// What a reader wants first: what people did and what went wrong. The bookkeeping in between is one click away.
const QUIET = new Set([
  'clock_started', 'clock_stopped', 'clock_cancelled', 'clock_warned', 'evidence_added', 'fields_set', 'counted', 'effect', 'signalled', 'planned',
])

export function loud<T extends { kind?: string }>(entries: readonly T[]): T[] {
  return entries.filter((entry) => entry.kind === undefined || !QUIET.has(entry.kind))
}
