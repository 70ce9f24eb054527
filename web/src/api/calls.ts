// Every request the app makes, one function each. No other file names a path of the API.
import { BASE, ask, clean, client, keyed } from './client'
import type { paths } from './schema'
import type {
  Area, AuditRow, CaseCounts, CaseRow, CaseView, CodeList, Contact, DemoLogin, ExtensionInput, FileMeta, Health, HistoryItem, Listing,
  MapPoints, Me, MoveInput, NearCase, NewCase, Office, Pack, PublicCase, PublicPack, PublicPromises, ReportReceipt, StoredFile, Token, VerifyResult,
} from './types'

type QueryOf<P extends keyof paths> = NonNullable<paths[P] extends { get: { parameters: { query?: infer Q } } } ? Q : never>
export type CaseQuery = QueryOf<'/api/v1/cases'>
export type AuditQuery = QueryOf<'/api/v1/audit'>
export type CountBy = QueryOf<'/api/v1/cases/counts'>['by']
// A form is sent as it is: the browser writes its parts and their border.
export const asForm = (form: FormData) => ({ body: form as never, bodySerializer: () => form })

// Session
export const getSession = (): Promise<Me> => ask(client.GET('/api/v1/session'))
export const logIn = (login: string, password: string): Promise<Me> =>
  ask(client.POST('/api/v1/session', { body: { login, password } }))
export const logOut = (): Promise<unknown> => ask(client.DELETE('/api/v1/session'))
export const demoLogins = (): Promise<Pick<Listing<DemoLogin>, 'items'>> => ask(client.GET('/api/v1/session/demo'))
export const demoLogIn = (login: string): Promise<Me> =>
  ask(client.POST('/api/v1/session/demo', { body: { login } }))
export const tokens = (): Promise<Pick<Listing<Token>, 'items'>> => ask(client.GET('/api/v1/tokens'))
export const addToken = (label: string, scopes: ['read'] | ['read', 'write'], days: number): Promise<{ id: number; token: string }> =>
  ask(client.POST('/api/v1/tokens', { params: { header: keyed() }, body: { label, scopes, days } }))
export const dropToken = (id: number): Promise<unknown> => ask(client.DELETE('/api/v1/tokens/{id}', { params: { path: { id } } }))

// Definitions
export const getPack = (): Promise<Pack> => ask(client.GET('/api/v1/pack'))
export const getCodeList = (id: string): Promise<CodeList> => ask(client.GET('/api/v1/codelists/{id}', { params: { path: { id } } }))
export const procedurePage = (id: string): Promise<string> =>
  ask(client.GET('/api/v1/procedures/{id}/page', { params: { path: { id } }, parseAs: 'text' }))
export const offices = (): Promise<Pick<Listing<Office>, 'items'>> => ask(client.GET('/api/v1/offices'))
export const areas = (level: Area['level'] & QueryOf<'/api/v1/areas'>['level']): Promise<Pick<Listing<Area>, 'items'>> =>
  ask(client.GET('/api/v1/areas', { params: { query: { level } } }))

// Cases
export const listCases = (query: CaseQuery): Promise<Listing<CaseRow>> => ask(client.GET('/api/v1/cases', { params: { query: clean(query) } }))
export const countCases = (query: Omit<CaseQuery, 'sort' | 'after' | 'limit'>, by: CountBy): Promise<CaseCounts> =>
  ask(client.GET('/api/v1/cases/counts', { params: { query: clean({ ...query, by }) } }))
export const mapCases = (query: Omit<CaseQuery, 'sort' | 'after' | 'limit'>): Promise<MapPoints> =>
  ask(client.GET('/api/v1/cases/map', { params: { query: clean(query) } })) as Promise<MapPoints>
export const getCase = (id: number): Promise<CaseView> => ask(client.GET('/api/v1/cases/{id}', { params: { path: { id } } }))
export const nearCase = (id: number, metres: number): Promise<Pick<Listing<CaseRow>, 'items'>> =>
  ask(client.GET('/api/v1/cases/{id}/near', { params: { path: { id }, query: { metres } } }))
/** Who reported and how to reach them. Every look is noted in the audit. */
export const contacts = (id: number): Promise<{ items: Contact[] }> => ask(client.GET('/api/v1/cases/{id}/contacts', { params: { path: { id } } }))
export const history = (id: number): Promise<{ items: HistoryItem[] }> => ask(client.GET('/api/v1/cases/{id}/history', { params: { path: { id } } }))
export const openCase = (body: NewCase, key: string): Promise<CaseView> =>
  ask(client.POST('/api/v1/cases', { params: { header: keyed(key) }, body }))
export const makeMove = (id: number, body: MoveInput, key: string): Promise<CaseView> =>
  ask(client.POST('/api/v1/cases/{id}/moves', { params: { path: { id }, header: keyed(key) }, body }))
export const extend = (id: number, body: ExtensionInput): Promise<CaseView> =>
  ask(client.POST('/api/v1/cases/{id}/extensions', { params: { path: { id }, header: keyed() }, body }))
export const rule = (id: number, askId: number, body: { grant: boolean; reason: string; if_seq: number }): Promise<CaseView> =>
  ask(client.POST('/api/v1/cases/{id}/asks/{ask}', { params: { path: { id, ask: askId }, header: keyed() }, body }))
export const answerPart = (id: number, part: string, body: { agree: boolean; opinion: string; if_seq: number }): Promise<CaseView> =>
  ask(client.POST('/api/v1/cases/{id}/parts/{part}', { params: { path: { id, part }, header: keyed() }, body }))
export const comment = (id: number, text: string): Promise<unknown> =>
  ask(client.POST('/api/v1/cases/{id}/comments', { params: { path: { id }, header: keyed() }, body: { text } }))
/** Where the same list can be had as a table file; the server obeys rights and logs it. */
export function exportAddress(query: CaseQuery): string {
  const pairs = Object.entries({ ...clean(query), format: 'csv' }).map(([key, value]): [string, string] => [key, String(value)])
  return `${BASE}/cases/export?${new URLSearchParams(pairs.filter(([key]) => key !== 'sort')).toString()}`
}

// Files
export function upload(file: Blob, name: string, meta: FileMeta, key: string): Promise<StoredFile> {
  const form = new FormData()
  form.append('meta', JSON.stringify(meta))
  form.append('file', file, name)
  return ask(client.POST('/api/v1/files', { params: { header: keyed(key) }, ...asForm(form) }))
}

// Public
export const publicPack = (): Promise<PublicPack> => ask(client.GET('/api/v1/public/pack'))
export const publicPromises = (): Promise<PublicPromises> => ask(client.GET('/api/v1/public/promises', { params: { query: {} } }))
export const publicNear = (lon: number, lat: number, metres: number): Promise<{ items: NearCase[] }> =>
  ask(client.GET('/api/v1/public/near', { params: { query: { lon, lat, metres } } }))
export const sendReport = (form: FormData, key: string): Promise<ReportReceipt> =>
  ask(client.POST('/api/v1/reports', { params: { header: keyed(key) }, ...asForm(form) }))
export const followReport = (code: string): Promise<PublicCase> => ask(client.GET('/api/v1/reports/{code}', { params: { path: { code } } }))
export const answerReport = (code: string, fixed: boolean, note: string): Promise<PublicCase> =>
  ask(client.POST('/api/v1/reports/{code}/answer', { params: { path: { code }, header: keyed() }, body: { fixed, note } }))

// Operation
export const health = (): Promise<Health> => ask(client.GET('/api/v1/health'))
export const audit = (query: AuditQuery): Promise<Listing<AuditRow>> => ask(client.GET('/api/v1/audit', { params: { query: clean(query) } }))
export const verifyAudit = (): Promise<VerifyResult> => ask(client.POST('/api/v1/audit/verify', { params: { header: keyed() } }))
