// Shapes of the plan as the server sends them: the model of guancheng-plan and the views made of it.

/** A day as `2026-03-02`. */
export type Day = string
/** From where to where in a text, in Unicode scalars, half open. */
export type Span = [from: number, to: number]
export type PlanStatus = 'draft' | 'adopted'
export type LineLight = 'red' | 'amber' | 'green' | 'grey'
export type PlanRight = 'review' | 'adopt' | 'for_office' | 'lead' | 'supervise' | 'appraise'
export type PlanClass = 'count' | 'project' | 'target_rate' | 'periodic' | 'document' | 'register' | 'mechanism' | 'duty'
export type Cadence = 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'half_yearly' | 'yearly'
export type Measure = 'on_time' | 'closed' | 'first_time'
export type Comparator = '>=' | '<=' | '=' | '~'

export interface Stamp { by: number | null; at: number }
export interface Quantity { text: string; value: number; unit: string; comparator: string; deadline?: Day | null; period?: string | null }
export interface Answer { text: string; stamp: Stamp }
export interface Question { id: string; about: string; text: string; answers?: Answer[] }
export interface Milestone { id: string; title: string; due: Day }
export interface CountBinding { kind: 'count'; target: number; unit: string; due: Day; curve?: number[] }
export interface ChainBinding { kind: 'milestones' | 'document'; steps: Milestone[] }
export interface RateBinding { kind: 'indicator' | 'duty'; measure: Measure; procedure: string; category?: string; target: number; min_cases: number }
export interface ScheduleBinding { kind: 'schedule'; cadence: Cadence; from: Day; to: Day; times?: number | null }
export interface MechanismBinding { kind: 'mechanism'; alive_days: number }
export interface OpinionBinding { kind: 'opinion' }
export type Binding = CountBinding | ChainBinding | RateBinding | ScheduleBinding | MechanismBinding | OpinionBinding
export type BindingKind = Binding['kind']
export type CounterCheck = { kind: 'indicator'; text: string } | { kind: 'waived'; reason: string }
export interface Opinion { mark: number; reason: string; stamp: Stamp }

export interface Commitment {
  id: string
  item: number
  span: Span
  text: string
  class: PlanClass
  rule: string
  quantities?: Quantity[]
  cadences?: Cadence[]
  named?: string[]
  questions?: Question[]
  lead?: number | null
  assist?: number[]
  weight: number
  binding?: Binding | null
  counter?: CounterCheck | null
  words?: string
  confirmed?: Stamp | null
  help?: Answer | null
  opinion?: Opinion | null
}
export interface PlanItem { no: number; section: number; title: string; text: string; offices: string[]; body_from: number; context?: Span[] }
export interface PlanSection { no: number; title: string }
export interface Delegation {
  id: number; commitment: string; parent: number | null; office: number; post: number | null; text: string; stamp: Stamp
  office_name?: string; post_title?: string | null; holder?: string | null
}
export type Change = { what: 'binding'; binding: Binding } | { what: 'lead'; office: number } | { what: 'quantities'; quantities: Quantity[] }
export interface Amendment { commitment: string; change: Change; before: Commitment; case: number; reason: string; stamp: Stamp }

export interface Lights { red: number; amber: number; green: number; grey: number }
export interface PlanSummary {
  id: number; year: number; title: string; status: PlanStatus; items: number; commitments: number; confirmed: number; signed: number; letters: number; lights: Lights
}
export interface Coverage {
  commitments: number; confirmed: number; with_lead: number; bound: number; watched: number; targets: number; open_questions: number; chars: number; chars_confirmed: number
}
export interface MeetingSeries { id: string; title: string; cadence: Cadence }
export interface PlanView {
  id: number; seq: number; year: number; title: string; publisher: string; status: PlanStatus; preamble: string[]
  sections: PlanSection[]; items: PlanItem[]; commitments: Commitment[]
  people: Record<string, string>; offices: Record<string, string>
  baseline: string | null; adopted: Stamp | null; coverage: Coverage
  may: PlanRight[]; my_offices: number[]; series: MeetingSeries[]
  procedures: { progress: string; decision: string; amendment: string }
  amendments: Amendment[]; delegations: Delegation[]
}
export interface Signature { side: 'office' | 'bureau'; person: number; post: number; name: string; stamp: Stamp; hash: string }
export interface LetterView { office: number; name: string; commitments: number; weight: number; hash: string; signatures: Signature[]; earlier: Signature[]; complete: boolean }
export interface Letters { items: LetterView[]; signed: number; all: number }

export type SourceMark = 'system' | 'inspected' | 'self_reported' | 'opinion'
export interface Forecast { low: number; mid: number; high: number; by: Day }
export interface LineStep { id: string; title: string; due: Day; done: Day | null }
export interface Line {
  commitment: string; item: number; section: number; item_title: string; text: string; words: string; class: PlanClass
  office: number | null; office_name: string | null; assist: number[]; weight: number
  light: LineLight; reasons: string[]
  value: number | null; target: number | null; unit: string; planned: number | null; degree: number | null; forecast: Forecast | null
  source: SourceMark | null; last_sign: Day | null; age_days: number | null; next: { title: string; due: Day } | null; due: Day | null
  pending: number; failed: number; steps: LineStep[]; held: { held: number; late: number; missed: number } | null; help: string | null
  binding: BindingKind | null
}
export interface BurdenOffice { office: number; name: string; fields: number; fields_before: number }
export interface Ledger { as_of: Day; adopted: boolean; lines: Line[]; lights: Lights; burden: { month: string; offices: BurdenOffice[] }; total: number }
export interface CurvePoint { day: Day; planned: number | null; actual: number | null }
export interface ProgressRow {
  case: number; number: string; day: Day; step: string; amount: number | null; standing: string; unit_name: string | null; at: string
  thumb: string | null; lon: number | null; lat: number | null; note: string
}
export interface DecisionView {
  text: string; office?: number; office_name?: string; due: Day; commitment?: string | null; case: number; case_number: string; state: string; is_open: boolean; light: string
}
export interface LineDetail {
  line: Line; curve: CurvePoint[]; rows: ProgressRow[]; rows_total: number; delegations: Delegation[]; amendments: Amendment[]; decisions: DecisionView[]; rate_query: string | null
}
export interface TaskNode {
  id: number; commitment: string; parent: number | null; office: number; office_name: string; post: number | null; post_title: string | null; holder: string | null; text: string
}
export interface TaskTree { commitments: number; reaching_post: number; nodes: TaskNode[] }
export interface ImportReport { rows: number; accepted: number; known: number; refused: number; report: { row: number; ok: boolean; message: string; case: number | null }[] }

export type OccurrenceState = 'held' | 'late' | 'missed' | 'open'
export interface Occurrence { series: string; title: string; from: Day; to: Day; held: Day | null; state: OccurrenceState }
export interface MeetingView { series: string; period: Day; held_on: Day; present: string; minutes: string; agenda: string[]; decisions: DecisionView[]; stamp: Stamp }
export interface Agenda { lines: Line[]; promised: DecisionView[]; help: Line[]; stale: Line[] }
export interface Meetings { occurrences: Occurrence[]; held: MeetingView[]; agenda: Agenda }

export interface FrozenLine { commitment: string; office: number | null; light: LineLight; degree: number | null; weight: number; text: string; help: boolean }
export interface Frozen { as_of: Day; lines: FrozenLine[]; hash: string }
export interface Circular {
  id: number; title: string; body: string; frozen: Frozen; drafted: Stamp; number: string | null; issued: Stamp | null; released: Stamp | null; corrects: number | null; reason: string
}
export interface Mark { mark: number; reason: string; stamp: Stamp }
/** `points` in thousandths. */
export interface Adjustment { points: number; reason: string; stamp: Stamp }
export interface OfficeScore {
  group: string; ledger: number | null; rated: number; weight: number; mark: Mark | null; adjustments: Adjustment[]; total: number | null; rank: number | null; grade: string | null; head: string
}
export interface Ruling { upheld: boolean; reason: string; points: number; stamp: Stamp }
export interface Appeal { id: number; office: number; commitment: string | null; text: string; stamp: Stamp; ruling: Ruling | null }
export interface Appraisal {
  id: number; period: string; frozen: Frozen; rules: { mark_percent: number; grades: [title: string, from: number][] }
  offices: Record<string, OfficeScore>; drafted: Stamp; appeals_until: Day; appeals: Appeal[]; finalised: Stamp | null
}

export interface NewDecision { text: string; office: number; due: Day; commitment?: string | null }
/** What a person may ask of a plan, as the server takes it. */
export type PlanCommand =
  | { act: 'confirm'; commitments: string[] }
  | { act: 'unconfirm'; commitment: string }
  | { act: 'split'; commitment: string; at: number }
  | { act: 'merge'; commitment: string }
  | { act: 'reclass'; commitment: string; class: PlanClass }
  | { act: 'requantify'; commitment: string; quantities: Quantity[] }
  | { act: 'name_offices'; commitment: string; lead: number | null; assist: number[] }
  | { act: 'weigh'; commitment: string; weight: number }
  | { act: 'answer'; commitment: string; question: string; text: string }
  | { act: 'bind'; commitment: string; binding: Binding }
  | { act: 'watch'; commitment: string; counter: CounterCheck }
  | { act: 'put_in_words'; commitment: string; words: string }
  | { act: 'adopt' }
  | { act: 'delegate'; commitment: string; parent: number | null; office: number; post?: number | null; text: string }
  | { act: 'ask_help'; commitment: string; text: string }
  | { act: 'end_help'; commitment: string }
  | { act: 'judge'; commitment: string; mark: number; reason: string }
  | { act: 'hold_meeting'; series: string; period: Day; held_on: Day; present: string; minutes: string; decisions: NewDecision[] }
  | { act: 'draft_circular'; title: string; body: string }
  | { act: 'edit_circular'; circular: number; title: string; body: string }
  | { act: 'issue_circular'; circular: number }
  | { act: 'release_circular'; circular: number }
  | { act: 'correct_circular'; circular: number; reason: string; title: string; body: string }
  | { act: 'draft_appraisal'; period: 'half' | 'year' }
  | { act: 'mark_office'; appraisal: number; office: number; mark: number; reason: string }
  | { act: 'adjust_office'; appraisal: number; office: number; points: number; reason: string }
  | { act: 'appeal'; appraisal: number; office: number; commitment: string | null; text: string }
  | { act: 'rule_appeal'; appraisal: number; appeal: number; upheld: boolean; points: number; reason: string }
  | { act: 'finalise_appraisal'; appraisal: number }
export interface Done { seq: number; did: string[] }
