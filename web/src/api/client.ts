// The one door to the server. Adds what every request needs and turns every refusal into a `Refusal`.
import createClient from 'openapi-fetch'
import { lang } from '../i18n'
import type { Problem } from './types'

/** The server understood and said no; `problem` is for the user. */
export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title)
  }
  get code(): string { return this.problem.code }
  get status(): number { return this.problem.status }
}
/** Nothing answered: no network, or the server is away. What the user entered is kept by the caller. */
export class Unreachable extends Error {}

let csrf = ''
/** Takes the token of the session, which every changing request repeats. */
export function setCsrf(token: string): void { csrf = token }

export const BASE = '/api/v1'
type Method = 'get' | 'post' | 'put' | 'delete'
export type Query = Record<string, string | number | boolean | null | undefined>
export interface CallOptions {
  query?: Query
  body?: unknown
  /** Multipart body; its content type is the browser's to set. */
  form?: FormData
  /** The client's own id of this request; the same id twice is one change. */
  key?: string
  /** As text instead of JSON, for pages and files. */
  as?: 'json' | 'text'
  signal?: AbortSignal
}

// Paths are checked in calls.ts, which is the only caller; here they are text.
interface AnyPaths { [path: string]: Record<Method, never> }
const client = createClient<AnyPaths>({ baseUrl: BASE })
type Raw = (method: Method, path: string, init: unknown) => Promise<{ data?: unknown; error?: unknown; response: Response }>

function headersFor(method: Method, options: CallOptions): Record<string, string> {
  const headers: Record<string, string> = { 'Accept-Language': lang.value }
  if (method === 'get') return headers
  if (csrf) headers['X-CSRF-Token'] = csrf
  if (method === 'post') headers['Idempotency-Key'] = options.key ?? uuid()
  return headers
}

/** A random id. `crypto.randomUUID` exists only in secure contexts; a city's test server may be plain http. */
export function uuid(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

function asProblem(error: unknown, response: Response): Problem {
  const known = typeof error === 'object' && error !== null ? (error as Partial<Problem>) : {}
  return {
    ...known,
    title: known.title ?? response.statusText,
    status: known.status ?? response.status,
    code: known.code ?? `http_${response.status}`,
    detail: known.detail ?? known.title ?? `HTTP ${response.status}`,
  }
}

/** Makes one request. Errors: `Refusal` when the server says no, `Unreachable` when nobody answers. */
export async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<T> {
  const init = {
    params: { query: clean(options.query) },
    headers: headersFor(method, options),
    parseAs: options.as ?? 'json',
    signal: options.signal,
    ...(options.form ? { body: options.form, bodySerializer: (body: unknown) => body } : {}),
    ...(options.body !== undefined ? { body: options.body } : {}),
  }
  let result
  try {
    result = await (client.request as unknown as Raw)(method, path, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Unreachable(String(error))
  }
  if (!result.response.ok) throw new Refusal(asProblem(result.error, result.response))
  return result.data as T
}

/** Leaves out what is not set, so that an address and a cache key say only what was chosen. */
export function clean(query: Query = {}): Record<string, string | number | boolean> {
  const kept: Record<string, string | number | boolean> = {}
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') kept[key] = value
  }
  return kept
}
