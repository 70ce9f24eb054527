// The steps of a timeline: entries of one record belong together; a deed leads, what the clocks did follows.

export interface Entry {
  at: string
  text: string
  seq?: number
  actor?: string
  kind?: string
  detail?: string | null
}

export interface Step extends Entry {
  also: string[]
}

const isClock = (entry: Entry) => entry.kind?.startsWith('clock_') ?? false

/** Entries of one record as one step, in order. Without a deed among them the first entry leads. */
export function steps(entries: Entry[]): Step[] {
  const groups: Entry[][] = []
  for (const entry of entries) {
    const last = groups.at(-1)
    if (last && entry.seq !== undefined && last[0]!.seq === entry.seq) last.push(entry)
    else groups.push([entry])
  }
  return groups.map((group) => {
    const lead = group.find((entry) => entry.kind === 'moved') ?? group.find((entry) => !isClock(entry)) ?? group[0]!
    return { ...lead, also: group.filter((entry) => entry !== lead).map((entry) => entry.text) }
  })
}
