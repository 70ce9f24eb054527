// Papers that prove something, sent as they are.
import { upload } from '../../../api/calls'
import { uuid } from '../../../api/client'
import type { StoredFile } from '../../../api/types'

const keys = new WeakMap<File, string>()

/** Sends one file. The same file sent again after a lost answer is one file. */
export function sendFile(file: File): Promise<StoredFile> {
  const key = keys.get(file) ?? uuid()
  keys.set(file, key)
  return upload(file, file.name, { tags: [] }, key)
}
