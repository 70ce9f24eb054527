// The base map: pale, so that the lights stand out. The layers of the tiles are area, green, water, road and place.
import type { FilterSpecification, StyleSpecification } from 'maplibre-gl'
import type { Theme } from '../ui/a11y'

interface Palette {
  ground: string; area: string; border: string; green: string; water: string
  road: string; roadMain: string; casing: string; text: string; halo: string
}
const PALETTES: Record<Theme, Palette> = {
  light: {
    ground: '#f7f5f0', area: '#f3f0e9', border: '#b9b3a6', green: '#e4ead9', water: '#cfdbe2',
    road: '#ffffff', roadMain: '#fffdf7', casing: '#d8d2c5', text: '#566059', halo: '#f7f5f0',
  },
  dark: {
    ground: '#0d151d', area: '#111b24', border: '#3a4b5a', green: '#14231f', water: '#162a3a',
    road: '#22303c', roadMain: '#2b3c4a', casing: '#0d151d', text: '#a3b3c0', halo: '#0d151d',
  },
}
export const FONT = '"Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif'
export const BASEMAP = '/tiles/basemap.pmtiles'

const isOneOf = (property: string, ...values: string[]): FilterSpecification =>
  ['in', ['get', property], ['literal', values]] as FilterSpecification
const isMain = isOneOf('class', 'expressway', 'arterial')
const width = (small: number, large: number): unknown => ['interpolate', ['exponential', 1.5], ['zoom'], 9, small, 17, large]

/** The style of the base map in one of the two themes. */
export function baseStyle(theme: Theme, tiles = BASEMAP): StyleSpecification {
  const c = PALETTES[theme]
  const border = (level: string, minzoom: number, line: number): unknown => ({
    id: `border-${level}`, type: 'line', 'source-layer': 'area', minzoom, filter: isOneOf('level', level),
    paint: { 'line-color': c.border, 'line-width': line, 'line-dasharray': [4, 2] },
  })
  const place = (kind: string, minzoom: number, size: number): unknown => ({
    id: `place-${kind}`, type: 'symbol', 'source-layer': 'place', minzoom, filter: isOneOf('kind', kind),
    layout: { 'text-field': ['get', 'name'], 'text-size': size, 'text-font': ['sans'], 'text-padding': 6 },
    paint: { 'text-color': c.text, 'text-halo-color': c.halo, 'text-halo-width': 1.6 },
  })
  const layers: unknown[] = [
    { id: 'ground', type: 'background', paint: { 'background-color': c.ground } },
    { id: 'area', type: 'fill', 'source-layer': 'area', paint: { 'fill-color': c.area } },
    { id: 'green', type: 'fill', 'source-layer': 'green', paint: { 'fill-color': c.green } },
    { id: 'water', type: 'fill', 'source-layer': 'water', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': c.water } },
    { id: 'river', type: 'line', 'source-layer': 'water', filter: ['==', ['geometry-type'], 'LineString'], paint: { 'line-color': c.water, 'line-width': width(1.5, 10) } },
    { id: 'rail', type: 'line', 'source-layer': 'road', filter: isOneOf('class', 'rail'), paint: { 'line-color': c.border, 'line-width': 1.5, 'line-dasharray': [6, 3] } },
    { id: 'road-casing', type: 'line', 'source-layer': 'road', filter: ['!', isOneOf('class', 'rail')], paint: { 'line-color': c.casing, 'line-width': width(0.8, 12) } },
    { id: 'road', type: 'line', 'source-layer': 'road', minzoom: 11, filter: isOneOf('class', 'secondary', 'local'), paint: { 'line-color': c.road, 'line-width': width(0.3, 9) } },
    { id: 'road-main', type: 'line', 'source-layer': 'road', filter: isMain, paint: { 'line-color': c.roadMain, 'line-width': width(1.4, 15) } },
    border('district', 0, 1.6),
    border('street', 12, 1),
    border('community', 14, 0.6),
    {
      id: 'road-name', type: 'symbol', 'source-layer': 'road', minzoom: 13,
      layout: { 'symbol-placement': 'line', 'text-field': ['get', 'name'], 'text-size': 12, 'text-font': ['sans'] },
      paint: { 'text-color': c.text, 'text-halo-color': c.halo, 'text-halo-width': 1.4 },
    },
    place('landmark', 14, 12),
    place('community', 14, 12),
    place('street', 12, 13),
    place('district', 0, 15),
  ]
  const source = { type: 'vector', url: `pmtiles://${new URL(tiles, location.href).href}` }
  return {
    version: 8,
    sources: { base: source },
    layers: layers.map((layer, index) => (index === 0 ? layer : { ...(layer as object), source: 'base' })),
  } as StyleSpecification
}

/** The lights as the tokens have them now, for paint that cannot read CSS. */
export function lightColours(): Record<'good' | 'near' | 'late' | 'not_rated' | 'ground' | 'act' | 'ink', string> {
  const css = getComputedStyle(document.documentElement)
  const token = (name: string): string => css.getPropertyValue(name).trim()
  return {
    good: token('--good'), near: token('--near'), late: token('--late'), not_rated: token('--not-rated'),
    ground: token('--ground'), act: token('--act'), ink: token('--ink'),
  }
}
