// The shape of the source: features do not know each other, and the two large libraries stay behind their doors.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const SRC = join(import.meta.dirname, '..', '..', 'src')
const FEATURES = ['public', 'field', 'console', 'screen']
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(vue|ts)$/.test(name))
const imports = (name: string): string[] =>
  [...readFileSync(join(SRC, name), 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'|^import '([^']+)'/gm)].map((found) => found[1] ?? found[2] ?? '')
const folder = (name: string): string => name.split('/')[0] ?? ''

describe('layers', () => {
  it('no feature imports another', () => {
    const crossing = files.flatMap((name) => imports(name)
      .filter((target) => FEATURES.some((feature) => feature !== folder(name) && new RegExp(`^(\\.\\./)+${feature}/`).test(target)))
      .map((target) => `${name} → ${target}`))
    expect(crossing).toEqual([])
  })
  it('only map/ knows the map library', () => {
    expect(files.filter((name) => folder(name) !== 'map' && imports(name).some((target) => /^(maplibre-gl|pmtiles)/.test(target)))).toEqual([])
  })
  it('only api/ reaches the server', () => {
    const pattern = /\bfetch\(|new EventSource|XMLHttpRequest/
    const allowed = ['api/', 'offline/sw.ts']
    expect(files.filter((name) => !allowed.some((one) => name.startsWith(one)) && pattern.test(readFileSync(join(SRC, name), 'utf8')))).toEqual([])
  })
  it('colours are named in the tokens and the map style only', () => {
    const allowed = ['map/style.ts', 'map/MapFrame.vue', 'ui/EvidenceViewer.vue', 'ui/ModalDialog.vue', 'i18n/']
    const pattern = /#[0-9a-f]{6}\b/i
    expect(files.filter((name) => !allowed.some((one) => name.startsWith(one)) && pattern.test(readFileSync(join(SRC, name), 'utf8')))).toEqual([])
  })
  it('no file is longer than 500 lines', () => {
    expect(files.filter((name) => name !== 'api/schema.d.ts' && readFileSync(join(SRC, name), 'utf8').split('\n').length > 500)).toEqual([])
  })
})
