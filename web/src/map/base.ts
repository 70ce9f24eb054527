// Makes a map: worker, tile protocol, controls. The only file that starts MapLibre.
import { AttributionControl, Map as MapLibre, NavigationControl, ScaleControl, addProtocol, setWorkerUrl } from 'maplibre-gl'
// `?worker&url` and not `?url`: else the worker's own imports are not bundled and no tile ever appears.
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { Protocol } from 'pmtiles'
import 'maplibre-gl/dist/maplibre-gl.css'
import { lang, t } from '../i18n'
import { theme as currentTheme, type Theme } from '../ui/a11y'
import type { Place } from './home'
import { FONT, baseStyle, lightColours } from './style'

export type { Map as MapLibre } from 'maplibre-gl'
let ready = false

export function prepare(): void {
  if (ready) return
  ready = true
  setWorkerUrl(workerUrl)
  addProtocol('pmtiles', new Protocol().tile)
}

export interface MapOptions {
  container: HTMLElement
  home: Place
  theme?: Theme
  attribution?: string
  /** A map to look at, without controls and gestures. */
  still?: boolean
}

/** Opens a map in the container. Labels use the reader's own fonts, so no glyph files are needed. */
export function openMap(options: MapOptions): MapLibre {
  prepare()
  const map = new MapLibre({
    container: options.container,
    style: baseStyle(options.theme ?? currentTheme()),
    center: options.home.center,
    zoom: options.home.zoom,
    maxZoom: 18,
    minZoom: 7,
    attributionControl: false,
    localIdeographFontFamily: FONT,
    pitchWithRotate: false,
    dragRotate: false,
    fadeDuration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 120,
    locale: lang.value === 'zh' ? { 'NavigationControl.ZoomIn': t('map.in'), 'NavigationControl.ZoomOut': t('map.out'), 'Map.Title': t('map.title') } : {},
  })
  map.touchZoomRotate.disableRotation()
  if (!options.still) {
    map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
    map.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-left')
  }
  map.addControl(new AttributionControl({ compact: true, customAttribution: options.attribution ?? t('map.sketch') }), 'bottom-right')
  return map
}

const SIZE = 32
const shapes: Record<string, (ctx: CanvasRenderingContext2D) => void> = {
  good: (ctx) => { ctx.arc(16, 16, 10, 0, 2 * Math.PI) },
  near: (ctx) => { ctx.arc(16, 16, 10, Math.PI / 2, Math.PI * 1.5); ctx.closePath() },
  late: (ctx) => { ctx.moveTo(16, 4); ctx.lineTo(28, 26); ctx.lineTo(4, 26); ctx.closePath() },
  not_rated: () => {},
}

/** Draws the four lights as map icons: the same shapes as everywhere else. */
export function addLightIcons(map: MapLibre): void {
  const colours = lightColours()
  for (const light of ['good', 'near', 'late', 'not_rated'] as const) {
    const canvas = document.createElement('canvas')
    canvas.width = SIZE
    canvas.height = SIZE
    const ctx = canvas.getContext('2d')
    if (!ctx) continue
    ctx.lineWidth = 3
    ctx.strokeStyle = colours[light]
    ctx.fillStyle = colours.ground
    ctx.beginPath()
    if (light === 'late') shapes.late?.(ctx)
    else ctx.arc(16, 16, 10, 0, 2 * Math.PI)
    ctx.fill()
    ctx.stroke()
    ctx.fillStyle = colours[light]
    ctx.beginPath()
    shapes[light]?.(ctx)
    ctx.fill()
    if (map.hasImage(light)) map.removeImage(light)
    map.addImage(light, ctx.getImageData(0, 0, SIZE, SIZE), { pixelRatio: 2 })
  }
}
