// What the phone keeps: the outbox of things done without a network, and the last seen jobs.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { CaseRow, CaseView, Problem } from '../api/types'
import type { Photo } from '../forms/photo'
import type { Values } from '../forms/validate'

export interface QueuedPhoto extends Photo { sent_id: number | null }
export interface QueuedMove {
  /** The client's own id, sent as Idempotency-Key: the same move sent twice is one move. */
  id: string
  case: number
  number: string
  title: string
  move: string
  move_title: string
  fields: Values
  note: string
  photos: QueuedPhoto[]
  tags: string[]
  if_seq: number
  queued_at: string
  status: 'waiting' | 'refused'
  problem: Problem | null
}
export interface KeptList { key: 'jobs'; at: string; items: CaseRow[] }
export interface KeptCase { id: number; at: string; view: CaseView }

interface Schema extends DBSchema {
  outbox: { key: string; value: QueuedMove }
  lists: { key: string; value: KeptList }
  cases: { key: number; value: KeptCase }
}

let opened: Promise<IDBPDatabase<Schema>> | null = null

export function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('guancheng-field', 1, {
    upgrade(db) {
      db.createObjectStore('outbox', { keyPath: 'id' })
      db.createObjectStore('lists', { keyPath: 'key' })
      db.createObjectStore('cases', { keyPath: 'id' })
    },
  })
  return opened
}

/** Forgets everything of a user who logs out: the next one on this phone must not see it. The outbox stays until sent. */
export async function forgetSeen(): Promise<void> {
  const db = await database()
  await db.clear('lists')
  await db.clear('cases')
}
