// Every request about the plan, one function each.
import { asForm } from './calls'
import { BASE, ask, clean, client, keyed, uuid } from './client'
import type {
  Appraisals, Circular, Done, ImportReport, Ledger, Letters, LineDetail, Meetings, PlanCommand, PlanPage, PlanView, PostRow, TaskTree,
} from './planTypes'

function formOf(file: File): ReturnType<typeof asForm> {
  const form = new FormData()
  form.append('file', file, file.name)
  return asForm(form)
}

export interface LedgerQuery { office?: number; section?: number; area?: string; light?: string; class?: string; q?: string; as_of?: string }

export const listPlans = (): Promise<PlanPage> => ask(client.GET('/api/v1/plans'))
export const readPlan = (file: File, year: number, key: string): Promise<PlanView> =>
  ask(client.POST('/api/v1/plans', { params: { query: { year }, header: keyed(key) }, ...formOf(file) }))
export const getPlan = (plan: number): Promise<PlanView> => ask(client.GET('/api/v1/plans/{plan}', { params: { path: { plan } } }))
/** Asks something of the plan. With `ifSeq` it is refused when the plan has changed since it was read. */
export const actOnPlan = (plan: number, act: PlanCommand, ifSeq: number | null, key = uuid()): Promise<Done> =>
  ask(client.POST('/api/v1/plans/{plan}/acts', { params: { path: { plan }, header: keyed(key) }, body: { if_seq: ifSeq, act } }))

export const getLetters = (plan: number): Promise<Letters> => ask(client.GET('/api/v1/plans/{plan}/letters', { params: { path: { plan } } }))
export const signLetter = (plan: number, office: number, body: { side: 'office' | 'bureau'; password: string; if_seq: number | null }, key: string): Promise<Done> =>
  ask(client.POST('/api/v1/plans/{plan}/letters/{office}/signatures', { params: { path: { plan, office }, header: keyed(key) }, body }))

export const getLedger = (plan: number, query: LedgerQuery): Promise<Ledger> =>
  ask(client.GET('/api/v1/plans/{plan}/ledger', { params: { path: { plan }, query: clean(query) } }))
export const getLine = (plan: number, commitment: string): Promise<LineDetail> =>
  ask(client.GET('/api/v1/plans/{plan}/ledger/{commitment}', { params: { path: { plan, commitment } } }))
export const importProgress = (plan: number, file: File, key: string): Promise<ImportReport> =>
  ask(client.POST('/api/v1/plans/{plan}/progress/import', { params: { path: { plan }, header: keyed(key) }, ...formOf(file) }))
export const getTree = (plan: number): Promise<TaskTree> => ask(client.GET('/api/v1/plans/{plan}/tree', { params: { path: { plan } } }))

export const getPosts = (office: number): Promise<{ items: PostRow[] }> => ask(client.GET('/api/v1/posts', { params: { query: { office } } }))
export const getMeetings = (plan: number): Promise<Meetings> => ask(client.GET('/api/v1/plans/{plan}/meetings', { params: { path: { plan } } }))
export const getCirculars = (plan: number): Promise<{ items: Circular[] }> => ask(client.GET('/api/v1/plans/{plan}/circulars', { params: { path: { plan } } }))
export const getAppraisals = (plan: number): Promise<Appraisals> => ask(client.GET('/api/v1/plans/{plan}/appraisals', { params: { path: { plan } } }))

/** Where the ledger can be had as a file, with the same filters. */
export function ledgerAddress(plan: number, format: 'xlsx' | 'docx', query: LedgerQuery): string {
  const pairs = Object.entries({ ...clean(query), format }).map(([key, value]): [string, string] => [key, String(value)])
  return `${BASE}/plans/${plan}/ledger-file?${new URLSearchParams(pairs).toString()}`
}
export const letterAddress = (plan: number, office: number, format: 'docx' | 'html'): string => `${BASE}/plans/${plan}/letters/${office}?format=${format}`
export const circularAddress = (plan: number, circular: number, format: 'docx' | 'html'): string => `${BASE}/plans/${plan}/circulars/${circular}?format=${format}`
/** A file is seen by whoever sees its case. */
export const thumbAddress = (file: number, of: number): string => `${BASE}/files/${file}/thumb?case=${of}`
