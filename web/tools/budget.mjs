// What each entry costs before anyone sees it, in bytes as sent. An entry over its budget fails the build.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { filesOf } from './sw-manifest.mjs'

const dist = join(import.meta.dirname, '..', 'dist')
const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8'))
// kB gzipped; the map is loaded on demand and is not counted.
const BUDGETS = { public: 60, field: 110, console: 120, screen: 70 }
let over = false
for (const [entry, budget] of Object.entries(BUDGETS)) {
  const files = filesOf(manifest, `${entry}.html`, new Set(), false)
  const size = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0) / 1000
  over ||= size > budget
  console.log(`${entry}: ${size.toFixed(1)} kB gz of ${budget}${size > budget ? ' OVER' : ''}`)
}
process.exitCode = over ? 1 : 0
