// Cases as map features.
import type { FeatureCollection, Point } from 'geojson'
import type { LightName, MapPoint } from '../api/types'

/** Worse is higher, so that the worst of a cluster is its maximum. */
export const RANKS: Record<LightName, number> = { not_rated: 0, good: 1, near: 2, late: 3 }

export function pointCollection(points: readonly MapPoint[]): FeatureCollection<Point> {
  return {
    type: 'FeatureCollection',
    features: points.map(([id, lon, lat, light]) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: { id, light, rank: RANKS[light] ?? 0 },
    })),
  }
}
