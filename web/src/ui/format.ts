// Numbers and places in words.
import type { Lang } from '../i18n'

/** Metres below a kilometre, then kilometres with one decimal. */
export function distance(metres: number, lang: Lang): string {
  if (metres < 1000) return lang === 'zh' ? `${Math.round(metres)} 米` : `${Math.round(metres)} m`
  return lang === 'zh' ? `${(metres / 1000).toFixed(1)} 公里` : `${(metres / 1000).toFixed(1)} km`
}

/** Bytes as a person says them. */
export function bytes(n: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = n
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}

/** Great-circle metres between two positions in degrees; good to a metre over a city. */
export function metresBetween(a: readonly [number, number], b: readonly [number, number]): number {
  const rad = Math.PI / 180
  const dLat = (b[1] - a[1]) * rad
  const dLon = (b[0] - a[0]) * rad
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a[1] * rad) * Math.cos(b[1] * rad) * Math.sin(dLon / 2) ** 2
  return 12_742_000 * Math.asin(Math.sqrt(h))
}

/** A hash shortened so that two can be compared by eye. */
export function shortHash(hash: string): string {
  return hash.length > 16 ? `${hash.slice(0, 8)}…${hash.slice(-4)}` : hash
}
