// Things done in the field wait here until the server has them. Each is sent once, whatever happens to the network, the
// page or the phone in between; what the server refuses stays and can be corrected or dropped.
import { ref, shallowRef } from 'vue'
import { getCase, makeMove } from '../api/calls'
import { Refusal, Unreachable, uuid } from '../api/client'
import type { CaseView, MoveInput, StoredFile } from '../api/types'
import { sendPhoto, type Photo } from '../forms/photo'
import { database, type QueuedMove } from './db'
import { stamp } from '../ui/time'

/** Where the queue is kept and how it reaches the server; the tests bring their own. */
export interface Ports {
  all(): Promise<QueuedMove[]>
  put(item: QueuedMove): Promise<void>
  drop(id: string): Promise<void>
  photo(photo: Photo, tags: string[]): Promise<StoredFile>
  move(id: number, body: MoveInput, key: string): Promise<CaseView>
  look(id: number): Promise<CaseView>
}

/** How one sending ended: `gone` to the server, `kept` for later, `refused` for the user to see. */
export type Outcome = 'gone' | 'kept' | 'refused'

async function sendPhotos(item: QueuedMove, ports: Ports): Promise<void> {
  for (const photo of item.photos) {
    if (photo.sent_id !== null) continue
    photo.sent_id = (await ports.photo(photo, item.tags)).id
    await ports.put(item)
  }
}

const bodyOf = (item: QueuedMove): MoveInput => ({
  move: item.move,
  fields: item.fields,
  evidence: item.photos.flatMap((photo) => (photo.sent_id === null ? [] : [photo.sent_id])),
  note: item.note,
  if_seq: item.if_seq,
})

/** Someone else was first. If the move is still possible it is made on what the case is now, as a new request. */
async function catchUp(item: QueuedMove, ports: Ports): Promise<boolean> {
  const now = await ports.look(item.case)
  if (now.seq === item.if_seq || !now.moves.some((move) => move.id === item.move && move.possible)) return false
  const old = item.id
  item.id = uuid()
  item.if_seq = now.seq
  // Written before the old one is dropped: a crash in between may leave two, which the server tells apart, never none.
  await ports.put(item)
  await ports.drop(old)
  return true
}

/** Sends one item. Errors other than a refusal or no network are passed on. */
export async function sendOne(item: QueuedMove, ports: Ports, mayRetry = true): Promise<Outcome> {
  try {
    await sendPhotos(item, ports)
    await ports.move(item.case, bodyOf(item), item.id)
    await ports.drop(item.id)
    return 'gone'
  } catch (error) {
    if (error instanceof Unreachable) return 'kept'
    if (!(error instanceof Refusal)) throw error
    // Not logged in, too many requests or a server in trouble: nothing is wrong with what was done.
    if ([401, 429].includes(error.status) || error.status >= 500) return 'kept'
    if (error.status === 409 && mayRetry && (await catchUp(item, ports))) return sendOne(item, ports, false)
    item.status = 'refused'
    item.problem = error.problem
    await ports.put(item)
    return 'refused'
  }
}

/** Sends everything that waits, oldest first; a case whose earlier move did not go keeps its later ones back. */
export async function flushAll(ports: Ports): Promise<Record<Outcome, number>> {
  const result: Record<Outcome, number> = { gone: 0, kept: 0, refused: 0 }
  const stuck = new Set<number>()
  const items = (await ports.all()).sort((a, b) => a.queued_at.localeCompare(b.queued_at))
  for (const item of items) {
    if (item.status === 'refused') stuck.add(item.case)
    if (stuck.has(item.case)) continue
    const outcome = await sendOne(item, ports)
    result[outcome] += 1
    if (outcome !== 'gone') stuck.add(item.case)
  }
  return result
}

const ports: Ports = {
  all: async () => (await database()).getAll('outbox'),
  put: async (item) => { await (await database()).put('outbox', structuredClone(item)) },
  drop: async (id) => { await (await database()).delete('outbox', id) },
  photo: sendPhoto,
  move: makeMove,
  look: getCase,
}

export const queue = shallowRef<QueuedMove[]>([])
export const sending = ref(false)

async function refresh(): Promise<void> { queue.value = await ports.all() }

/** Puts a move into the outbox and tries to send it at once. */
export async function enqueue(item: Omit<QueuedMove, 'id' | 'queued_at' | 'status' | 'problem'>): Promise<Record<Outcome, number>> {
  await ports.put({ ...item, id: uuid(), queued_at: stamp(), status: 'waiting', problem: null })
  return flush()
}

export async function discard(id: string): Promise<void> {
  await ports.drop(id)
  await refresh()
}

/** Lets a refused item be tried again as a new request, after whatever was wrong has changed. */
export async function again(item: QueuedMove, note: string): Promise<void> {
  const now = await ports.look(item.case).catch(() => null)
  await ports.put({ ...item, id: uuid(), note, if_seq: now?.seq ?? item.if_seq, status: 'waiting', problem: null })
  await ports.drop(item.id)
  await flush()
}

let running: Promise<Record<Outcome, number>> | null = null
// Whether there is somebody to send as; asked first, because a session is not known right after the network returns.
let maySend: () => Promise<boolean> = async () => true
/** Sends what waits; calls while it is sending share its result. */
export function flush(): Promise<Record<Outcome, number>> {
  running ??= (async () => {
    sending.value = true
    try {
      if (!(await maySend())) return { gone: 0, kept: (await ports.all()).length, refused: 0 }
      return await flushAll(ports)
    } finally {
      sending.value = false
      running = null
      await refresh()
    }
  })()
  return running
}

/** Sends on start, when the network comes back and when the page is looked at: Safari has no background sync. */
export function startOutbox(loggedIn: () => Promise<boolean>, onGone: () => void): void {
  maySend = loggedIn
  const run = async (): Promise<void> => {
    const result = await flush().catch(() => null)
    if (result && result.gone > 0) onGone()
  }
  void run()
  window.addEventListener('online', () => void run())
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') void run() })
  void navigator.storage?.persist?.()
}
