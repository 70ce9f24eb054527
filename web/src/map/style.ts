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

// The generator may write the class of a road as `class` or as `kind`; both are read.
const KIND = ['coalesce', ['get', 'class'], ['get', 'kind'], ''] as unknown as string
const isMain = ['in', KIND, ['literal', ['motorway', 'trunk', 'primary', 'expressway', 'ring', 'arterial', 'main']]] as unknown as FilterSpecification
const width = (small: number, large: number): unknown => ['interpolate', ['exponential', 1.5], ['zoom'], 9, small, 17, large]

/** The style of the base map in one of the two themes. */
export function baseStyle(theme: Theme, tiles = BASEMAP): StyleSpecification {
  const c = PALETTES[theme]
  const layers: unknown[] = [
    { id: 'ground', type: 'background', paint: { 'background-color': c.ground } },
    { id: 'area', type: 'fill', 'source-layer': 'area', paint: { 'fill-color': c.area } },
    { id: 'green', type: 'fill', 'source-layer': 'green', paint: { 'fill-color': c.green } },
    { id: 'water', type: 'fill', 'source-layer': 'water', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': c.water } },
    { id: 'river', type: 'line', 'source-layer': 'water', filter: ['==', ['geometry-type'], 'LineString'], paint: { 'line-color': c.water, 'line-width': width(1.5, 10) } },
    { id: 'road-casing', type: 'line', 'source-layer': 'road', paint: { 'line-color': c.casing, 'line-width': width(0.8, 12) } },
    { id: 'road', type: 'line', 'source-layer': 'road', minzoom: 11, filter: ['!', isMain], paint: { 'line-color': c.road, 'line-width': width(0.3, 9) } },
    { id: 'road-main', type: 'line', 'source-layer': 'road', filter: isMain, paint: { 'line-color': c.roadMain, 'line-width': width(1.4, 15) } },
    { id: 'border', type: 'line', 'source-layer': 'area', paint: { 'line-color': c.border, 'line-width': 1, 'line-dasharray': [4, 2] } },
    {
      id: 'road-name', type: 'symbol', 'source-layer': 'road', minzoom: 13,
      layout: { 'symbol-placement': 'line', 'text-field': ['get', 'name'], 'text-size': 12, 'text-font': ['sans'] },
      paint: { 'text-color': c.text, 'text-halo-color': c.halo, 'text-halo-width': 1.4 },
    },
    {
      id: 'place', type: 'symbol', 'source-layer': 'place',
      layout: { 'text-field': ['get', 'name'], 'text-size': ['interpolate', ['linear'], ['zoom'], 9, 12, 15, 15], 'text-font': ['sans'] },
      paint: { 'text-color': c.text, 'text-halo-color': c.halo, 'text-halo-width': 1.6 },
    },
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
