// Columns of a table and the reader's choice among them, kept in this browser.
import { keep, readKept } from './kept'

export interface Column {
  key: string
  title: string
  /** Least width in pixels. */
  width: number
  /** Share of the width left over. */
  grow?: number
  number?: boolean
  /** Cannot be left out. */
  fixed?: boolean
  /** Left out until it is chosen. */
  off?: boolean
}

/** The columns this reader leaves out of the table of that name. */
export function hiddenColumns(name: string, columns: readonly Column[]): string[] {
  const kept = readKept(`columns.${name}`)
  if (kept === null) return columns.filter((column) => column.off).map((column) => column.key)
  return kept.split(',').filter(Boolean)
}

export function keepColumns(name: string, hidden: readonly string[]): void {
  keep(`columns.${name}`, hidden.join(','))
}

/** Tracks that do not look at their content: every row is its own grid, and all rows must agree. */
export function gridTemplate(columns: readonly Column[]): string {
  return columns.map(({ width, grow }) => (grow ? `minmax(${width}px, ${grow}fr)` : `${width}px`)).join(' ')
}

export function leastWidth(columns: readonly Column[]): number {
  return columns.reduce((sum, column) => sum + column.width, 0)
}
