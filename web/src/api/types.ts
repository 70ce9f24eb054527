// Names of the shapes the server sends and takes, as the rest of the app uses them.

export type LightName = 'good' | 'near' | 'late' | 'not_rated'

export interface Named { id: number; name: string }
export interface Listing<T> { items: T[]; next: string | null; total: number | null }

export interface FieldFault { field: string; message: string }
/** What the server says when it refuses: RFC 9457, with the rule and its basis. */
export interface Problem {
  type?: string
  title: string
  status: number
  code: string
  detail: string
  rule?: string | null
  version?: string | null
  basis?: string[]
  fields?: FieldFault[]
  possible?: string[]
  until?: string | null
  instead?: string | null
  incident?: string | null
}

export interface City { title: string; locale: string; zone: string; center: [number, number]; zoom: number }
export interface RoleHeld { role: string; title: string; office: Named | null; area: string | null }
export interface Me {
  person: number
  login: string
  name: string
  office: Named | null
  post: string | null
  roles: RoleHeld[]
  csrf: string
  demo: boolean
  city: City
}
export interface DemoLogin { login: string; name: string; role: string; role_title: string; office: string | null; stage_hint: string | null }
export interface Token { id: number; label: string; scopes: string[]; created_at: string; expires_at: string | null }

export type FieldKind =
  | 'text' | 'int' | 'decimal' | 'money' | 'date' | 'moment' | 'bool' | 'code' | 'ref' | 'org' | 'person' | 'people'
  | 'point' | 'line' | 'file' | 'photo' | 'address'
export interface Field {
  id: string
  title: string
  kind: FieldKind
  required?: boolean | null
  max?: number | null
  min?: number | null
  unit?: string | null
  list?: string | null
  ref?: string | null
  sensitive?: boolean | null
}
export interface StateDef { id: string; title: string; stage: string | null; public: string | null; final: boolean }
export interface MoveDef { id: string; title: string }
export interface ClockDef { id: string; title: string }
export interface ProcedureDef {
  id: string
  title: string
  version: string
  report: boolean
  states: StateDef[]
  moves: MoveDef[]
  clocks: ClockDef[]
  fields: Field[]
}
export interface MapSource { id: string; title: string; url: string; attribution: string; review_number: string | null }
export interface Pack {
  id: string
  title: string
  lang: string
  city: { title: string; center: [number, number]; zoom: number; bbox: [number, number, number, number] | null }
  sources: { code: string; title: string }[]
  stages: string[]
  procedures: ProcedureDef[]
  roles: { id: string; title: string }[]
  maps: MapSource[]
}
export interface CodeRow {
  code: string
  title: string
  parent: string | null
  leaf: boolean
  scheme?: string | null
  limit?: string | null
  closing?: string | null
}
export interface CodeList { id: string; title: string; rows: CodeRow[] }
export interface Office { id: number; code: string; name: string; kind: string; parent: number | null }
export interface Area { code: string; name: string; level: string; parent: string | null; center: [number, number] | null }

export interface RowClock { id: string; title: string; due: string | null; light: LightName; left_ms: number | null; running: boolean }
export interface CaseRow {
  id: number
  number: string
  kind: string
  kind_title: string
  state: string
  state_title: string
  stage: string | null
  title: string
  category: string | null
  category_title: string | null
  address: string | null
  at: [number, number] | null
  cell: string | null
  area_name: string | null
  unit: Named | null
  holder_title: string | null
  source: string
  opened_at: string
  changed_at: string
  closed_at: string | null
  clock: RowClock | null
  light: LightName
  reports: number
  rework: number
  seq: number
  thumb: string | null
}
export interface CaseClock {
  id: string
  title: string
  state: 'running' | 'paused' | 'stopped' | 'cancelled' | 'expired'
  light: LightName
  started_at: string | null
  due: string | null
  on_time: boolean | null
  limit: string | null
  limit_title: string | null
  used_title: string | null
  paused_since: string | null
  extended: number
  basis: string[]
  why: string | null
}
export interface Because {
  code: string
  detail: string
  rule?: string | null
  basis?: string[]
  fields?: FieldFault[]
  possible?: string[]
  until?: string | null
  instead?: string | null
}
export interface EvidenceRule { kind: string; min: number; tags?: string[]; within_m?: number | null; after_state?: string | null }
export interface CaseMove {
  id: string
  title: string
  to: string | null
  primary: boolean
  possible: boolean
  because?: Because | null
  fields: Field[]
  evidence: EvidenceRule[]
  approve: string[]
  advise: { check: string; message: string }[]
}
export interface Evidence {
  id: number
  kind: string
  url: string
  thumb: string | null
  taken_at: string | null
  at: [number, number] | null
  accuracy_m: number | null
  tags: string[]
  by: string | null
  mv: string | null
  phase: 'before' | 'after' | 'check'
}
export interface TimelineEntry { seq: number; at: string; actor: string; text: string; kind: string; detail?: string | null }
export interface CodeName { code: string; name: string }
export interface CaseReport { id: number; source: string; at: string; text: string; name?: string | null }
export interface CaseView extends Omit<CaseRow, 'reports'> {
  version: string
  basis: string[]
  public_title: string | null
  fields: { id: string; title: string; kind: string; value: unknown; display: string }[]
  clocks: CaseClock[]
  moves: CaseMove[]
  extensions: { clock: string; title: string; possible: boolean; because?: Because | null; max: number | null; unit: string | null }[]
  asks: {
    id: number; what: string; title: string; by: string; at: string
    fields: { title: string; display: string }[]; may_rule: boolean
    ruling?: { grant: boolean; reason: string | null; by: string; at: string } | null
  }[]
  parts: {
    id: number; office: Named; question: string; due: string | null
    answered?: string | null; agree?: boolean | null; opinion?: string | null; mine: boolean
  }[]
  evidence: Evidence[]
  reports: CaseReport[]
  links: { kind: string; case: number; number: string; title: string; state_title: string }[]
  timeline: TimelineEntry[]
  assignment: { unit: Named; table: string; row: number | null; others: CodeName[]; fallback: boolean; text: string } | null
  holder: { title: string; people: string[] }
  chain: { seq: number; hash: string }
}
export interface HistoryItem { seq: number; at: string; actor: string; hash: string; events: unknown[] }
export interface Count { key: string; title: string; n: number }
export type MapPoint = [id: number, lon: number, lat: number, light: LightName]
export interface StoredFile { id: number; kind: string; sha256: string; bytes: number; taken_at: string | null; at: [number, number] | null; thumb: string | null; url: string }

export interface PublicCategory { code: string; title: string; icon?: string | null; parent: string | null }
export interface PublicPack { title: string; categories: PublicCategory[]; city: { title: string; center: [number, number]; zoom: number }; maps: MapSource[]; languages: string[]; now: string }
export interface NearCase { number: string; title: string; state_public: string | null; at: [number, number] | null; opened_at: string; distance_m: number; reports: number; thumb: string | null }
export interface ReportReceipt { code: string; number: string; title: string; due: string | null; message: string }
export interface PublicCase {
  code: string
  number: string
  title: string
  state_public: string | null
  stage: string | null
  opened_at: string
  due: string | null
  holder: string | null
  at: [number, number] | null
  address: string | null
  timeline: { at: string; text: string }[]
  photos: { before: string[]; after: string[] }
  may_answer: boolean
  may_reopen_until: string | null
}
export interface Health {
  ok: boolean
  version: string
  city?: string
  cases?: number
  open?: number
  timers_due?: number
  queue?: number
  last_commit_at?: string | null
  calendars?: { id: string; loaded_to: string; days_left: number }[]
  disk_free?: number | null
}
export interface AuditRow {
  seq: number; at: string; actor: string; actor_name: string | null; text: string; case: number | null; number: string | null; kind: string; hash: string
}
