// The plan's shapes by the names the app uses, from the generated ones. What the server leaves out when there is nothing
// in it is optional here.
import type { components } from './schema'

type Schemas = components['schemas']
type Loose<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>

export type Day = Schemas['Day']
/** From where to where in a text, in Unicode scalars, half open. */
export type Span = Schemas['Commitment']['span']
export type LineLight = Schemas['LedgerLight']
export type PlanRight = 'review' | 'adopt' | 'for_office' | 'lead' | 'supervise' | 'appraise'
export type PlanClass = Schemas['Class']
export type Cadence = Schemas['Cadence']
export type Measure = Schemas['Measure']
export type Stamp = Schemas['Stamp']

export type Quantity = Loose<Schemas['Quantity'], 'deadline' | 'period'>
export type Question = Loose<Schemas['Question'], 'answers'>
export type Milestone = Schemas['Milestone']
export type CountBinding = { kind: 'count' } & Loose<Schemas['Count'], 'curve'>
export type ChainBinding = { kind: 'milestones' | 'document' } & Schemas['Stages']
export type RateBinding = { kind: 'indicator' | 'duty' } & Loose<Schemas['Rate'], 'category'>
export type ScheduleBinding = { kind: 'schedule' } & Loose<Schemas['Schedule'], 'times'>
export type Binding = CountBinding | ChainBinding | RateBinding | ScheduleBinding | { kind: 'mechanism'; alive_days: number } | { kind: 'opinion' }
export type BindingKind = Binding['kind']
export type CounterCheck = Schemas['CounterCheck']
type BareCommitment = Omit<Schemas['Commitment'], 'binding' | 'quantities' | 'questions'>
export type Commitment =
  & Loose<BareCommitment, 'cadences' | 'named' | 'lead' | 'assist' | 'counter' | 'words' | 'confirmed' | 'help' | 'opinion'>
  & { binding?: Binding | null; quantities?: Quantity[]; questions?: Question[] }
export type PlanItem = Loose<Schemas['Item'], 'context'>
export type Change = { what: 'binding'; binding: Binding } | { what: 'lead'; office: number } | { what: 'quantities'; quantities: Quantity[] }
export type Amendment = Omit<Schemas['Amendment'], 'change' | 'before'> & { change: Change; before: Commitment }
export type Delegation = Schemas['Delegation']

export type Lights = Schemas['Lights']
export type PlanSummary = Schemas['PlanSummary']
export type PlanPage = Schemas['PlanPage']
export type PostRow = Schemas['PostRow']
export type PlanView = Omit<Schemas['PlanView'], 'items' | 'commitments' | 'amendments'> & { items: PlanItem[]; commitments: Commitment[]; amendments: Amendment[] }
export type Signature = Schemas['Signature']
export type LetterView = Schemas['LetterView']
export type Letters = Schemas['LetterPage']
export type TaskTree = Schemas['Tree']
export type TaskNode = Schemas['TreeNode']

export type SourceMark = Schemas['Source']
export type Line = Schemas['LedgerLine']
export type Ledger = Schemas['Ledger']
export type ProgressRow = Schemas['ProgressView']
export type DecisionView = Schemas['DecisionView']
export type LineDetail = Omit<Schemas['LedgerLineDetail'], 'amendments' | 'commitment' | 'binding'> & { amendments: Amendment[]; commitment: Commitment; binding: Binding | null }
export type ImportReport = Schemas['ImportReport']

export type OccurrenceState = 'held' | 'late' | 'missed' | 'open'
export type Occurrence = Omit<Schemas['OccurrenceView'], 'state'> & { state: OccurrenceState }
export type MeetingView = Schemas['MeetingView']
export type Agenda = Schemas['Agenda']
export type Meetings = Omit<Schemas['MeetingPage'], 'occurrences'> & { occurrences: Occurrence[] }

export type FrozenLine = Schemas['FrozenLine']
export type Circular = Schemas['Circular']
export type OfficeScore = Schemas['OfficeScore']
export type Appraisal = Schemas['Appraisal']
export type Appraisals = Schemas['AppraisalPage']

export type NewDecision = Schemas['NewDecision']
export type PlanCommand = Schemas['PlanCommand']
export type Done = Schemas['PlanChanged']

/** A binding with everything in it, as it is sent. */
export function wholeBinding(binding: Binding): Schemas['Binding'] {
  switch (binding.kind) {
    case 'count': return { ...binding, curve: binding.curve ?? [] }
    case 'indicator': return { ...binding, kind: 'indicator', category: binding.category ?? '' }
    case 'duty': return { ...binding, kind: 'duty', category: binding.category ?? '' }
    case 'schedule': return { ...binding, times: binding.times ?? null }
    case 'milestones': return { ...binding, kind: 'milestones' }
    case 'document': return { ...binding, kind: 'document' }
    default: return binding
  }
}

/** An amount with everything in it, as it is sent. */
export function wholeQuantity(quantity: Quantity): Schemas['Quantity'] {
  return { ...quantity, deadline: quantity.deadline ?? null, period: quantity.period ?? null }
}
