// What can be done with several cases at once.
import type { CaseMove, CaseView } from '../../api/types'

const asksNothing = (move: CaseMove): boolean =>
  !move.fields.some((field) => field.required) && !move.evidence.some((rule) => rule.min > 0) && move.approve.length === 0

/** Moves possible for every one of the cases that ask for no field and no evidence. */
export function commonMoves(views: readonly CaseView[]): { id: string; title: string }[] {
  const [first, ...rest] = views
  if (!first) return []
  return first.moves
    .filter((move) => move.possible && asksNothing(move))
    .filter((move) => rest.every((view) => view.moves.some((other) => other.id === move.id && other.possible && asksNothing(other))))
    .map(({ id, title }) => ({ id, title }))
}
