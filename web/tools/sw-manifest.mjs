// Writes into the built service worker the list of files the field page is made of, and a version that follows from it.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Every file an entry needs, however deep it imports it. */
export function filesOf(manifest, key, found = new Set(), withDynamic = true) {
  const chunk = manifest[key]
  if (!chunk || found.has(chunk.file)) return found
  found.add(chunk.file)
  for (const css of chunk.css ?? []) found.add(css)
  for (const asset of chunk.assets ?? []) found.add(asset)
  for (const next of chunk.imports ?? []) filesOf(manifest, next, found, withDynamic)
  if (withDynamic) for (const next of chunk.dynamicImports ?? []) filesOf(manifest, next, found, withDynamic)
  return found
}

export function precache(dist) {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8'))
  const files = [...filesOf(manifest, 'field.html')].sort().map((file) => `/${file}`)
  const version = createHash('sha256').update(files.join()).update(readFileSync(join(dist, 'field.html'))).digest('hex').slice(0, 12)
  const path = join(dist, 'sw.js')
  const worker = readFileSync(path, 'utf8')
  const filled = worker.replaceAll('self.__PRECACHE', JSON.stringify(files)).replaceAll('self.__VERSION', JSON.stringify(version))
  if (filled === worker) throw new Error('sw.js has no place for its list of files')
  writeFileSync(path, filled)
  console.log(`service worker keeps ${files.length} files, version ${version}`)
}
