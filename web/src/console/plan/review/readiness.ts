// What a commitment still lacks before the plan can be adopted. The server has the last word; this only points there.
import type { Commitment, PlanView } from '../../../api/planTypes'

export type Lack = 'confirmed' | 'lead' | 'bound' | 'watched' | 'question'
export const LACKS: Lack[] = ['confirmed', 'lead', 'bound', 'watched', 'question']

/** Whether its binding names a target, which then must be watched from the other side. */
export function hasTarget(commitment: Commitment): boolean {
  return ['count', 'indicator', 'duty'].includes(commitment.binding?.kind ?? '')
}

export function lacksOf(commitment: Commitment): Lack[] {
  const lacks: Lack[] = []
  if (!commitment.confirmed) lacks.push('confirmed')
  if (!commitment.lead) lacks.push('lead')
  if (!commitment.binding) lacks.push('bound')
  if (hasTarget(commitment) && !commitment.counter) lacks.push('watched')
  if (commitment.questions?.some((question) => !question.answers?.length)) lacks.push('question')
  return lacks
}

/** The next commitment after `from`, in the order of the document and round its end, that lacks something; null when none does. */
export function nextLacking(commitments: readonly Commitment[], from: string | null, lack?: Lack): string | null {
  const start = commitments.findIndex((one) => one.id === from)
  for (let step = 1; step <= commitments.length; step += 1) {
    const one = commitments[(start + step) % commitments.length]
    if (one && (lack ? lacksOf(one).includes(lack) : lacksOf(one).length > 0)) return one.id
  }
  return null
}

/** In the order of the document, which ids alone do not give once a commitment was split. */
export function inOrder(commitments: readonly Commitment[]): Commitment[] {
  return [...commitments].sort((a, b) => a.item - b.item || a.span[0] - b.span[0])
}

/** Done and all, of each thing the meter counts. */
export function meterOf(plan: Pick<PlanView, 'commitments'>): Record<Lack, { done: number; all: number }> {
  const all = plan.commitments.length
  const lacking = (lack: Lack): number => plan.commitments.filter((one) => lacksOf(one).includes(lack)).length
  const questions = plan.commitments.flatMap((one) => one.questions ?? [])
  const targets = plan.commitments.filter(hasTarget).length
  return {
    confirmed: { done: all - lacking('confirmed'), all },
    lead: { done: all - lacking('lead'), all },
    bound: { done: all - lacking('bound'), all },
    watched: { done: targets - lacking('watched'), all: targets },
    question: { done: questions.filter((question) => question.answers?.length).length, all: questions.length },
  }
}
