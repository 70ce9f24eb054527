// Columns of a table and the reader's choice among them, kept in this browser.
import { keep, readKept } from './kept'

export interface Column {
  key: string
  title: string
  /** A CSS grid track; a fixed size keeps rows aligned while they come and go. */
  width: string
  number?: boolean
  /** Cannot be left out. */
  fixed?: boolean
}

/** The columns this reader left out of the table of that name. */
export function chosenColumns(name: string): string[] {
  return (readKept(`columns.${name}`) ?? '').split(',').filter(Boolean)
}

export function keepColumns(name: string, hidden: readonly string[]): void {
  keep(`columns.${name}`, hidden.join(','))
}

export function gridTemplate(columns: readonly Column[]): string {
  return columns.map((column) => column.width).join(' ')
}
