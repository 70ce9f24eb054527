// A line as text: one position a row, `lon lat`, so that it can be entered without a map.
export type Position = [number, number]

export function lineText(value: unknown): string {
  if (!Array.isArray(value)) return typeof value === 'string' ? value : ''
  return value.map((point) => (Array.isArray(point) ? point.join(' ') : '')).join('\n')
}

/** The positions of the text, or null when a row is not a position. */
export function linePoints(text: string): Position[] | null {
  const rows = text.split('\n').map((row) => row.trim()).filter(Boolean)
  const points = rows.map((row) => row.split(/[\s,，]+/).map(Number))
  const good = points.every((point) => point.length === 2 && point.every(Number.isFinite))
  return good ? (points as Position[]) : null
}
