// Writes .br and .gz beside every text file of the build, so that the server never compresses the same bytes twice.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { precache } from './sw-manifest.mjs'

const dist = join(import.meta.dirname, '..', 'dist')
precache(dist)
let count = 0
for (const name of readdirSync(dist, { recursive: true })) {
  if (!/\.(js|mjs|css|html|svg|json|webmanifest)$/.test(name)) continue
  const bytes = readFileSync(join(dist, name))
  if (bytes.length < 512) continue
  writeFileSync(join(dist, `${name}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
  writeFileSync(join(dist, `${name}.gz`), gzipSync(bytes, { level: 9 }))
  count += 1
}
console.log(`precompressed ${count} files`)
