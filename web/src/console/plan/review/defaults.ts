// What a binding looks like before the reviewer touches it: from the class, the amounts and the days in the text.
import type { Binding, BindingKind, Cadence, Commitment, Milestone, Quantity } from '../../../api/planTypes'

export const KINDS: BindingKind[] = ['count', 'milestones', 'indicator', 'duty', 'schedule', 'document', 'mechanism', 'opinion']
const PER_YEAR: Record<Cadence, number> = { daily: 365, weekly: 52, monthly: 12, quarterly: 4, half_yearly: 2, yearly: 1 }
/** Words of a project's and a document's steps, by id; titles are the plan's own and Chinese like the plan. */
const PROJECT: [id: string, title: string, share: number][] = [['prepared', '前期准备', 0.25], ['started', '开工', 0.4], ['structure', '主体完成', 0.8], ['commissioned', '完工投用', 1]]
const DOCUMENT: [id: string, title: string, share: number][] = [['drafted', '起草', 0.3], ['consulted', '征求意见', 0.5], ['reviewed', '合法性审核', 0.65], ['issued', '印发', 0.8], ['in_force', '施行', 1]]

const isRate = (quantity: Quantity): boolean => /^[%％]$|百分/.test(quantity.unit.trim())
const isTimes = (quantity: Quantity): boolean => /^[次期场轮]$/.test(quantity.unit.trim())

/** The last day the text names, else the last of the year. */
export function dueOf(commitment: Commitment, year: number): string {
  const days = (commitment.quantities ?? []).map((quantity) => quantity.deadline).filter((day): day is string => !!day).sort()
  return days.at(-1) ?? `${year}-12-31`
}

/** The day at a share of the way from the first of the year to `due`, moved to the end of its month. */
function stepDay(year: number, due: string, share: number): string {
  if (share >= 1) return due
  const first = Date.UTC(year, 0, 1)
  const at = new Date(first + (Date.parse(`${due}T00:00:00Z`) - first) * share)
  const end = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).toISOString().slice(0, 10)
  return end < due ? end : due
}
function chain(parts: typeof PROJECT, year: number, due: string): Milestone[] {
  return parts.map(([id, title, share]) => ({ id, title, due: stepDay(year, due, share) }))
}

/** The kind of binding that fits the class, unless the amounts say otherwise. */
export function kindFor(commitment: Commitment): BindingKind {
  const quantities = commitment.quantities ?? []
  switch (commitment.class) {
    case 'count': return quantities.some((one) => !isRate(one)) ? 'count' : quantities.length ? 'indicator' : 'milestones'
    case 'project': return 'milestones'
    case 'target_rate': return quantities.length && !quantities.some(isRate) ? 'count' : 'indicator'
    case 'periodic': return 'schedule'
    case 'document': return 'document'
    case 'register': return 'schedule'
    case 'mechanism': return 'mechanism'
    case 'duty': return 'duty'
  }
}

/** A binding of that kind, filled with what the text says. `procedure` is the one whose cases a rate counts. */
export function bindingFor(kind: BindingKind, commitment: Commitment, year: number, procedure: string): Binding {
  const quantities = commitment.quantities ?? []
  const due = dueOf(commitment, year)
  const plain = quantities.find((one) => !isRate(one)) ?? quantities[0]
  const rate = quantities.find(isRate)
  const cadence = commitment.cadences?.[0] ?? 'monthly'
  const times = quantities.find(isTimes)
  switch (kind) {
    case 'count': return { kind, target: plain?.value ?? 1, unit: plain?.unit ?? '', due }
    case 'milestones': return { kind, steps: chain(PROJECT, year, due) }
    case 'document': return { kind, steps: chain(DOCUMENT, year, due) }
    case 'indicator':
    case 'duty': return { kind, measure: 'on_time', procedure, target: rate?.value ?? 95, min_cases: 5 }
    case 'schedule': {
      const schedule = { kind, cadence, from: `${year}-01-01`, to: due } as const
      return times && times.value !== PER_YEAR[cadence] && !commitment.cadences?.length ? { ...schedule, times: times.value } : schedule
    }
    case 'mechanism': return { kind, alive_days: 100 }
    case 'opinion': return { kind }
  }
}

/** What is wrong with a binding before it is sent, as the field it concerns; null when it can go. */
export function bindingFault(binding: Binding, year: number): string | null {
  const first = `${year}-01-01`
  switch (binding.kind) {
    case 'count': {
      if (!(binding.target > 0)) return 'target'
      if (!binding.unit.trim()) return 'unit'
      return binding.due >= first ? null : 'due'
    }
    case 'milestones':
    case 'document': {
      const ids = new Set(binding.steps.map((step) => step.id))
      if (!binding.steps.length || ids.size !== binding.steps.length) return 'steps'
      return binding.steps.every((step) => step.title.trim() && step.due >= first) ? null : 'steps'
    }
    case 'indicator':
    case 'duty': {
      if (!(binding.target >= 0 && binding.target <= 100)) return 'target'
      return binding.procedure ? null : 'procedure'
    }
    case 'schedule': {
      if (binding.to < binding.from) return 'to'
      return binding.times === 0 ? 'times' : null
    }
    case 'mechanism': return binding.alive_days >= 1 ? null : 'alive_days'
    case 'opinion': return null
  }
}

/** An id for a new step that no other step has. */
export function stepId(steps: readonly Milestone[]): string {
  let n = steps.length + 1
  while (steps.some((step) => step.id === `step${n}`)) n += 1
  return `step${n}`
}
