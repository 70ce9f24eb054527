// Promises by place. A promise has up to fifty places; its distance is that of the nearest.
import type { LightName, MapPoint, PublicPromises } from '../api/types'
import { metresBetween } from '../ui/format'

export type PublicPromise = PublicPromises['promises'][number]
export interface Nearby { promise: PublicPromise; metres: number | null }

/** The shapes that lights have everywhere. */
export const SHAPES = { red: 'late', amber: 'near', green: 'good', grey: 'not_rated' } as const satisfies Record<PublicPromise['light'], LightName>

/** The nearest first; those without a place last, in the order of the document. */
export function nearest(promises: readonly PublicPromise[], from: readonly [number, number] | null): Nearby[] {
  const rows = promises.map((promise) => {
    const all = from ? promise.places.map((place) => metresBetween(from, [place[0] ?? 0, place[1] ?? 0])) : []
    return { promise, metres: all.length > 0 ? Math.min(...all) : null }
  })
  const far = (row: Nearby) => row.metres ?? Number.MAX_VALUE
  return rows.sort((a, b) => far(a) - far(b))
}

/** Points for the map: the id is the promise's place in the list, times a hundred, plus the number of its place. */
export function pointsOf(promises: readonly PublicPromise[]): MapPoint[] {
  return promises.flatMap((promise, n) =>
    promise.places.slice(0, 99).map((place, k): MapPoint => [n * 100 + k, place[0] ?? 0, place[1] ?? 0, SHAPES[promise.light]]))
}
