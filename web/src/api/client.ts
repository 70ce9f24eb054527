// The one door to the server. Adds what every request needs and turns every refusal into a `Refusal`.
import createClient from 'openapi-fetch'
import { lang } from '../i18n'
import type { paths } from './schema'
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
export const client = createClient<paths>()
client.use({
  onRequest({ request }) {
    request.headers.set('Accept-Language', lang.value)
    if (request.method !== 'GET' && csrf) request.headers.set('X-CSRF-Token', csrf)
    return request
  },
})

/** The header that names a request: the same key twice is one change. A new key is a new intention. */
export function keyed(key: string = uuid()): { 'Idempotency-Key': string } {
  return { 'Idempotency-Key': key }
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
    type: known.type ?? 'about:blank',
    title: known.title ?? response.statusText,
    status: known.status ?? response.status,
    code: known.code ?? `http_${response.status}`,
    detail: known.detail ?? known.title ?? `HTTP ${response.status}`,
  }
}

interface Answer { data?: unknown; error?: unknown; response: Response }
/** The answer's content, by the name its schema has in types.ts (the library's own reading of it forgets tuples). Errors: `Refusal` when the server says no, `Unreachable` when nobody answers. */
export async function ask<T>(asked: Promise<Answer>): Promise<T> {
  let answer: Answer
  try {
    answer = await asked
  } catch (error) {
    throw new Unreachable(String(error))
  }
  if (!answer.response.ok) throw new Refusal(asProblem(answer.error, answer.response))
  return answer.data as T
}

/** Leaves out what is not set, so that a request says only what was chosen. */
export function clean<T extends object>(query: T): T {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')) as T
}
