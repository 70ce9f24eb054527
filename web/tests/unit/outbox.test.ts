// The outbox against a server that fails in every way it can.
import { describe, expect, it } from 'vitest'
import { Refusal, Unreachable } from '../../src/api/client'
import type { CaseView, StoredFile } from '../../src/api/types'
import { flushAll, type Ports } from '../../src/offline/outbox'
import type { QueuedMove } from '../../src/offline/db'

const refusal = (status: number, code: string): Refusal => new Refusal({ type: 'about:blank', title: code, status, code, detail: code })

function item(id: string, more: Partial<QueuedMove> = {}): QueuedMove {
  return {
    id, case: 1, number: 'AJ1', title: '路灯', move: 'feed_back', move_title: '反馈', fields: {}, note: '', tags: [], if_seq: 4,
    queued_at: `2026-11-25T09:00:0${id}+08:00`, status: 'waiting', problem: null,
    photos: [{ key: `p${id}`, bytes: new ArrayBuffer(1), type: 'image/jpeg', taken_at: '', lon: null, lat: null, accuracy_m: null, sent_id: null }],
    ...more,
  }
}

/** A queue in memory and a server that answers moves from a script; it logs what reached it. */
function world(items: QueuedMove[], script: (Error | 'ok')[], possible = true) {
  const kept = new Map(items.map((one) => [one.id, one]))
  const log: string[] = []
  const ports: Ports = {
    all: async () => [...kept.values()],
    put: async (one) => { kept.set(one.id, structuredClone(one)) },
    drop: async (id) => { kept.delete(id) },
    photo: async (photo) => {
      log.push(`photo ${photo.key}`)
      return { id: 70 } as StoredFile
    },
    move: async (id, body, key) => {
      log.push(`move ${id} seq ${body.if_seq} evidence ${body.evidence?.join()} ${key.length < 3 ? `key ${key}` : 'new key'}`)
      const answer = script.shift() ?? 'ok'
      if (answer !== 'ok') throw answer
      return {} as CaseView
    },
    look: async () => ({ seq: 9, moves: [{ id: 'feed_back', possible }] }) as unknown as CaseView,
  }
  return { ports, log, kept }
}

describe('flush', () => {
  it('sends the photo, then the move with the client’s own key, then forgets it', async () => {
    const { ports, log, kept } = world([item('1')], ['ok'])
    expect(await flushAll(ports)).toEqual({ gone: 1, kept: 0, refused: 0 })
    expect(log).toEqual(['photo p1', 'move 1 seq 4 evidence 70 key 1'])
    expect(kept.size).toBe(0)
  })
  it('keeps everything when nobody answers, and does not send the photo twice', async () => {
    const { ports, log, kept } = world([item('1')], [new Unreachable(), 'ok'])
    expect(await flushAll(ports)).toEqual({ gone: 0, kept: 1, refused: 0 })
    expect(kept.size).toBe(1)
    await flushAll(ports)
    expect(log).toEqual(['photo p1', 'move 1 seq 4 evidence 70 key 1', 'move 1 seq 4 evidence 70 key 1'])
  })
  it('keeps what a server in trouble or a lost log-in sends back', async () => {
    for (const status of [401, 429, 500, 503]) {
      const { ports, kept } = world([item('1')], [refusal(status, 'x')])
      await flushAll(ports)
      expect([...kept.values()].map((one) => one.status)).toEqual(['waiting'])
    }
  })
  it('shows what the server refuses and sends it no more', async () => {
    const { ports, log, kept } = world([item('1')], [refusal(422, 'evidence_missing')])
    expect(await flushAll(ports)).toEqual({ gone: 0, kept: 0, refused: 1 })
    expect(kept.get('1')?.problem?.code).toBe('evidence_missing')
    await flushAll(ports)
    expect(log).toHaveLength(2)
  })
  it('makes the move on what the case is now when someone else was first', async () => {
    const { ports, log, kept } = world([item('1')], [refusal(409, 'seq_conflict'), 'ok'])
    expect(await flushAll(ports)).toEqual({ gone: 1, kept: 0, refused: 0 })
    expect(log.slice(1)).toEqual(['move 1 seq 4 evidence 70 key 1', 'move 1 seq 9 evidence 70 new key'])
    expect(kept.size).toBe(0)
  })
  it('refuses it when it is no longer possible', async () => {
    const { ports, kept } = world([item('1')], [refusal(409, 'seq_conflict')], false)
    await flushAll(ports)
    expect([...kept.values()].map((one) => one.status)).toEqual(['refused'])
  })
  it('keeps the order of one case and does not hold up another', async () => {
    const { ports, log } = world([item('2'), item('1'), item('3', { case: 5 })], [new Unreachable(), 'ok'])
    expect(await flushAll(ports)).toEqual({ gone: 1, kept: 1, refused: 0 })
    expect(log.filter((line) => line.startsWith('move'))).toEqual(['move 1 seq 4 evidence 70 key 1', 'move 5 seq 4 evidence 70 key 3'])
  })
})
