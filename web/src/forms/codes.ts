// Finding a row of a code list by what people type: a part of a name, a code, or a whole sentence.
export interface Codes { code: string; title: string; parent: string | null; leaf: boolean }
export interface Choice { code: string; title: string; path: string }

/** The rows in force on a day `2026-03-02`. */
export function inForce<T extends { valid_from: string | null; valid_to: string | null }>(rows: readonly T[], day: string): T[] {
  return rows.filter((row) => (row.valid_from ?? day) <= day && (row.valid_to ?? day) >= day)
}

/** The rows that can be chosen, each with the titles above it. */
export function choices(rows: readonly Codes[]): Choice[] {
  const byCode = new Map(rows.map((row) => [row.code, row]))
  const pathOf = (row: Codes): string => {
    const titles: string[] = []
    // A list that names itself as parent must not hang the page.
    for (let up = row.parent, n = 0; up !== null && n < 8; n += 1) {
      const parent = byCode.get(up)
      if (!parent) break
      titles.unshift(parent.title)
      up = parent.parent
    }
    return titles.join(' › ')
  }
  return rows.filter((row) => row.leaf).map((row) => ({ code: row.code, title: row.title, path: pathOf(row) }))
}

function score(choice: Choice, needle: string): number {
  const title = choice.title.toLowerCase()
  if (title === needle || choice.code.toLowerCase() === needle) return 4
  if (title.startsWith(needle) || choice.code.toLowerCase().startsWith(needle)) return 3
  if (title.includes(needle)) return 2
  return choice.path.toLowerCase().includes(needle) ? 1 : 0
}

/** Choices matching every word typed, the best first. */
export function search(all: readonly Choice[], text: string, limit = 50): Choice[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (!words.length) return all.slice(0, limit)
  return all
    .map((choice) => {
      const scores = words.map((word) => score(choice, word))
      return { choice, rank: Math.min(...scores) > 0 ? scores.reduce((sum, one) => sum + one, 0) : 0 }
    })
    .filter((one) => one.rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, limit)
    .map((one) => one.choice)
}

/** Pairs of neighbouring characters: in Chinese the smallest piece that means something. */
function pairs(text: string): Set<string> {
  const plain = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  const found = new Set<string>()
  for (let i = 0; i + 1 < plain.length; i += 1) found.add(plain.slice(i, i + 2))
  return found
}

/** The likeliest choices for a sentence: the share of a title's pairs found in it, then of its parents'. */
export function likely(all: readonly Choice[], sentence: string, limit = 3): Choice[] {
  const said = pairs(sentence)
  if (!said.size) return []
  const share = (text: string): number => {
    const own = [...pairs(text)]
    return own.length ? own.filter((pair) => said.has(pair)).length / own.length : 0
  }
  return all
    .map((choice) => ({ choice, rank: share(choice.title) + share(choice.path) * 0.2 }))
    .filter((one) => one.rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, limit)
    .map((one) => one.choice)
}
