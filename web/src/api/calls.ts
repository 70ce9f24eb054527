// Every request the app makes, one function each. No other file names a path of the API.
import { BASE, call, clean, type Query } from './client'
import type {
  Area, AuditRow, CaseRow, CaseView, CodeList, Count, DemoLogin, Health, HistoryItem, Listing, MapPoint, Me, NearCase,
  Office, Pack, PublicCase, PublicPack, ReportReceipt, StoredFile, Token,
} from './types'

// Session
export const getSession = (): Promise<Me> => call('get', '/session')
export const logIn = (login: string, password: string): Promise<Me> => call('post', '/session', { body: { login, password } })
export const logOut = (): Promise<void> => call('delete', '/session')
export const demoLogins = (): Promise<Listing<DemoLogin>> => call('get', '/session/demo')
export const demoLogIn = (login: string): Promise<Me> => call('post', '/session/demo', { body: { login } })
export const tokens = (): Promise<Listing<Token>> => call('get', '/tokens')
export const addToken = (label: string, scopes: string[], days: number): Promise<{ id: number; token: string }> =>
  call('post', '/tokens', { body: { label, scopes, days } })
export const dropToken = (id: number): Promise<void> => call('delete', `/tokens/${id}`)

// Definitions
export const getPack = (): Promise<Pack> => call('get', '/pack')
export const getCodeList = (id: string): Promise<CodeList> => call('get', `/codelists/${encodeURIComponent(id)}`)
export const procedurePage = (id: string): Promise<string> =>
  call('get', `/procedures/${encodeURIComponent(id)}/page`, { as: 'text' })
export const offices = (): Promise<Listing<Office>> => call('get', '/offices')
export const areas = (level: string, parent?: string): Promise<Listing<Area>> =>
  call('get', '/areas', { query: { level, parent } })

// Cases
export const listCases = (query: Query, signal?: AbortSignal): Promise<Listing<CaseRow>> => call('get', '/cases', { query, signal })
export const countCases = (query: Query, by: string): Promise<{ items: Count[]; total: number }> =>
  call('get', '/cases/counts', { query: { ...query, by } })
export const mapCases = (query: Query): Promise<{ items: MapPoint[]; clipped: boolean }> => call('get', '/cases/map', { query })
export const getCase = (id: number): Promise<CaseView> => call('get', `/cases/${id}`)
export const nearCase = (id: number, metres: number): Promise<Listing<CaseRow>> => call('get', `/cases/${id}/near`, { query: { metres } })
export const history = (id: number): Promise<Listing<HistoryItem>> => call('get', `/cases/${id}/history`)
export interface NewCase {
  kind: string
  source: string
  fields: Record<string, unknown>
  evidence: number[]
  note?: string
  address?: string
}
export const openCase = (body: NewCase, key: string): Promise<CaseView> => call('post', '/cases', { body, key })
export interface MoveBody { move: string; fields: Record<string, unknown>; evidence: number[]; note: string; if_seq: number }
export const makeMove = (id: number, body: MoveBody, key: string): Promise<CaseView> => call('post', `/cases/${id}/moves`, { body, key })
export const extend = (
  id: number, body: { clock: string; n: number; unit: string; fields: Record<string, unknown>; if_seq: number },
): Promise<CaseView> => call('post', `/cases/${id}/extensions`, { body })
export const rule = (id: number, ask: number, body: { grant: boolean; reason: string; if_seq: number }): Promise<CaseView> =>
  call('post', `/cases/${id}/asks/${ask}`, { body })
export const answerPart = (id: number, part: number, body: { agree: boolean; opinion: string; if_seq: number }): Promise<CaseView> =>
  call('post', `/cases/${id}/parts/${part}`, { body })
export const comment = (id: number, text: string): Promise<CaseView> => call('post', `/cases/${id}/comments`, { body: { text } })
/** Where the same list can be had as a table file; the server obeys rights and logs it. */
export function exportAddress(query: Query): string {
  const pairs = Object.entries({ ...clean(query), format: 'csv' }).map(([key, value]): [string, string] => [key, String(value)])
  return `${BASE}/cases/export?${new URLSearchParams(pairs).toString()}`
}

// Files
export interface PhotoMeta { taken_at?: string; lon?: number; lat?: number; accuracy_m?: number; tags: string[] }
export function upload(file: Blob, name: string, meta: PhotoMeta, key: string): Promise<StoredFile> {
  const form = new FormData()
  form.append('meta', JSON.stringify(meta))
  form.append('file', file, name)
  return call('post', '/files', { form, key })
}

// Public
export const publicPack = (): Promise<PublicPack> => call('get', '/public/pack')
export const publicNear = (lon: number, lat: number, metres: number): Promise<Listing<NearCase>> =>
  call('get', '/public/near', { query: { lon, lat, metres } })
export const sendReport = (form: FormData, key: string): Promise<ReportReceipt> => call('post', '/reports', { form, key })
export const followReport = (code: string): Promise<PublicCase> => call('get', `/reports/${encodeURIComponent(code)}`)
export const answerReport = (code: string, fixed: boolean, note: string): Promise<PublicCase> =>
  call('post', `/reports/${encodeURIComponent(code)}/answer`, { body: { fixed, note } })

// Operation
export const health = (): Promise<Health> => call('get', '/health')
export const audit = (query: Query): Promise<Listing<AuditRow>> => call('get', '/audit', { query })
export const verifyAudit = (): Promise<{ ok: boolean; records: number; head: string; first_bad?: number | null }> => call('post', '/audit/verify', { body: {} })
