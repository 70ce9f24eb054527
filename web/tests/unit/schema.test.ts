// @vitest-environment node
// The generated types are those of the server's own document: `npm run gen` after it changed.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { TARGET, schemaText } from '../../tools/gen-api.mjs'

it('schema.d.ts is fresh', async () => {
  expect(readFileSync(TARGET, 'utf8')).toBe(await schemaText())
}, 30_000)
