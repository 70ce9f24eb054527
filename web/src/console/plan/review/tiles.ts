// The text of an item as tiles: its title, its commitments, what only gives context, and the separators between them.
import type { Commitment, PlanItem } from '../../../api/planTypes'
import { scalarsOf } from '../scalars'

export interface Tile {
  kind: 'title' | 'commitment' | 'context' | 'between'
  from: number
  to: number
  text: string
  commitment?: Commitment
}

/** Tiles of the whole text in order; put together they are the text again. Overlaps are cut, the earlier one stays. */
export function tilesOf(item: PlanItem, commitments: readonly Commitment[]): Tile[] {
  const scalars = scalarsOf(item.text)
  const end = scalars.length
  const tiles: Tile[] = []
  let at = 0
  const add = (kind: Tile['kind'], to: number, commitment?: Commitment): void => {
    const stop = Math.min(Math.max(to, at), end)
    if (stop === at) return
    tiles.push({ kind, from: at, to: stop, text: scalars.slice(at, stop).join(''), ...(commitment ? { commitment } : {}) })
    at = stop
  }
  add('title', item.body_from)
  const marks = [
    ...commitments.filter((one) => one.item === item.no).map((one) => ({ span: one.span, commitment: one as Commitment | undefined })),
    ...(item.context ?? []).map((span) => ({ span, commitment: undefined })),
  ].sort((a, b) => a.span[0] - b.span[0])
  for (const { span, commitment } of marks) {
    if (span[0] > at) add('between', span[0])
    add(commitment ? 'commitment' : 'context', span[1], commitment)
  }
  add('between', end)
  return tiles
}
