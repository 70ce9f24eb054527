// Live news of cases. Browsers allow six connections to a server, so of many tabs only one, the leader, holds the
// stream; it is the tab that holds a Web Lock. It tells the others over a BroadcastChannel.
import { BASE } from './client'

export interface CaseNews { case: number; seq: number; state: string; unit: number | null }
/** `reset`: some news was missed, so everything shown may be old. */
export type News = { kind: 'case'; news: CaseNews } | { kind: 'reset' }
type Listener = (news: News) => void

const listeners = new Set<Listener>()
let started = false

function tellHere(news: News): void {
  for (const listener of listeners) listener(news)
}

/** Reads one message of the stream; null when it is not one of ours. */
export function parseNews(data: string): News | null {
  try {
    const value = JSON.parse(data) as Partial<CaseNews>
    if (typeof value.case !== 'number') return null
    return { kind: 'case', news: { case: value.case, seq: value.seq ?? 0, state: value.state ?? '', unit: value.unit ?? null } }
  } catch {
    return null
  }
}

function openStream(tell: Listener): void {
  const stream = new EventSource(`${BASE}/events`)
  stream.addEventListener('case', (message) => {
    const news = parseNews((message as MessageEvent<string>).data)
    if (news) tell(news)
  })
  stream.addEventListener('reset', () => tell({ kind: 'reset' }))
}

function start(): void {
  if (started) return
  started = true
  if (!('BroadcastChannel' in window) || !navigator.locks) {
    // Plain http has no Web Locks: each tab then has its own stream.
    openStream(tellHere)
    return
  }
  const channel = new BroadcastChannel('guancheng-news')
  channel.onmessage = (message: MessageEvent<News>) => tellHere(message.data)
  // The lock is held until the tab closes; then the next tab in line leads.
  void navigator.locks.request('guancheng-news', () => new Promise<never>(() => {
    openStream((news) => {
      tellHere(news)
      channel.postMessage(news)
    })
  }))
}

/** Calls `listener` for each piece of news until the returned function is called. */
export function onNews(listener: Listener): () => void {
  listeners.add(listener)
  start()
  return () => listeners.delete(listener)
}
