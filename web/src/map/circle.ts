// A circle on the ground as a polygon of 48 corners.
import type { FeatureCollection } from 'geojson'

const METRES_PER_DEGREE = 111_320

export function circle(center: readonly [number, number] | null, metres: number): FeatureCollection {
  if (!center || metres <= 0) return { type: 'FeatureCollection', features: [] }
  const [lon, lat] = center
  const dLat = metres / METRES_PER_DEGREE
  const dLon = dLat / Math.cos((lat * Math.PI) / 180)
  const ring = Array.from({ length: 49 }, (_, i) => {
    const angle = (i * 2 * Math.PI) / 48
    return [lon + dLon * Math.cos(angle), lat + dLat * Math.sin(angle)]
  })
  return { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } }] }
}
