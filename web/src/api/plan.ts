// Every request about the plan, one function each.
import { BASE, ask, clean, client, keyed, uuid } from './client'
import type {
  Appraisal, Circular, Done, ImportReport, Ledger, Letters, LineDetail, Meetings, PlanCommand, PlanSummary, PlanView, TaskTree,
} from './planTypes'

interface Answer { data?: unknown; error?: unknown; response: Response }
interface Request { params: { path?: object; query?: object; header?: object }; body?: unknown; bodySerializer?: (body: unknown) => FormData | string }
// The plan's paths as the document of the server will name them.
const door = client as unknown as { GET: (path: string, request: Request) => Promise<Answer>; POST: (path: string, request: Request) => Promise<Answer> }
const get = <T>(path: string, params: Request['params'] = {}): Promise<T> => ask<T>(door.GET(`/api/v1/plans${path}`, { params }))
const post = <T>(path: string, params: Request['params'], body: unknown, key: string): Promise<T> =>
  ask<T>(door.POST(`/api/v1/plans${path}`, { params: { ...params, header: keyed(key) }, body }))
function send<T>(path: string, params: Request['params'], file: File, key: string): Promise<T> {
  const form = new FormData()
  form.append('file', file, file.name)
  return ask<T>(door.POST(`/api/v1/plans${path}`, { params: { ...params, header: keyed(key) }, body: form, bodySerializer: () => form }))
}

export interface LedgerQuery { office?: string; section?: string; light?: string; q?: string; as_of?: string }

export const listPlans = (): Promise<{ items: PlanSummary[] }> => get('')
export const readPlan = (file: File, year: number, key: string): Promise<PlanView> => send('', { query: { year } }, file, key)
export const getPlan = (plan: number): Promise<PlanView> => get('/{plan}', { path: { plan } })
/** Asks something of the plan. With `ifSeq` it is refused when the plan has changed since it was read. */
export const actOnPlan = (plan: number, act: PlanCommand, ifSeq: number | null, key = uuid()): Promise<Done> =>
  post('/{plan}/acts', { path: { plan } }, { if_seq: ifSeq, act }, key)

export const getLetters = (plan: number): Promise<Letters> => get('/{plan}/letters', { path: { plan } })
export const signLetter = (plan: number, office: number, body: { side: 'office' | 'bureau'; password: string; if_seq: number | null }, key: string): Promise<Done> =>
  post('/{plan}/letters/{office}/signatures', { path: { plan, office } }, body, key)

export const getLedger = (plan: number, query: LedgerQuery): Promise<Ledger> => get('/{plan}/ledger', { path: { plan }, query: clean(query) })
export const getLine = (plan: number, commitment: string): Promise<LineDetail> => get('/{plan}/ledger/{commitment}', { path: { plan, commitment } })
export const importProgress = (plan: number, file: File, key: string): Promise<ImportReport> => send('/{plan}/progress/import', { path: { plan } }, file, key)
export const getTree = (plan: number): Promise<TaskTree> => get('/{plan}/tree', { path: { plan } })

export const getMeetings = (plan: number): Promise<Meetings> => get('/{plan}/meetings', { path: { plan } })
export const getCirculars = (plan: number): Promise<{ items: Circular[] }> => get('/{plan}/circulars', { path: { plan } })
export const getAppraisals = (plan: number): Promise<{ items: Appraisal[] }> => get('/{plan}/appraisals', { path: { plan } })

/** Where the ledger can be had as a file, with the same filters. */
export function ledgerAddress(plan: number, format: 'xlsx' | 'docx', query: LedgerQuery): string {
  const pairs = Object.entries(clean(query)).map(([key, value]): [string, string] => [key, String(value)])
  const asked = new URLSearchParams(pairs).toString()
  return `${BASE}/plans/${plan}/ledger.${format}${asked ? `?${asked}` : ''}`
}
export const letterAddress = (plan: number, office: number, format: 'docx' | 'html'): string => `${BASE}/plans/${plan}/letters/${office}?format=${format}`
export const circularAddress = (plan: number, circular: number, format: 'docx' | 'html'): string => `${BASE}/plans/${plan}/circulars/${circular}?format=${format}`
