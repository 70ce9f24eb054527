// The offices of an appraisal by peer group, the best first; what is not rated stands last.
import type { Appraisal, OfficeScore } from '../../../api/planTypes'

export interface Ranked { office: number; score: OfficeScore; appeals: Appraisal['appeals'] }

export function groupsOf(appraisal: Appraisal): { group: string; offices: Ranked[] }[] {
  const groups = new Map<string, Ranked[]>()
  for (const [id, score] of Object.entries(appraisal.offices)) {
    const office = Number(id)
    const one = { office, score, appeals: appraisal.appeals.filter((appeal) => appeal.office === office) }
    groups.set(score.group, [...(groups.get(score.group) ?? []), one])
  }
  const place = (one: Ranked): number => one.score.rank ?? Number.MAX_SAFE_INTEGER
  return [...groups].map(([group, offices]) => ({ group, offices: offices.sort((a, b) => place(a) - place(b) || a.office - b.office) }))
}

/** Points of all adjustments of an office, in thousandths. */
export function adjusted(score: OfficeScore): number {
  return score.adjustments.reduce((sum, one) => sum + one.points, 0)
}

/** Points given back by upheld appeals, in thousandths. */
export function givenBack(appeals: Appraisal['appeals']): number {
  return appeals.reduce((sum, appeal) => sum + (appeal.ruling?.upheld ? appeal.ruling.points : 0), 0)
}

/** Largest less smallest total of a group, in thousandths; null when fewer than two are rated. */
export function spread(offices: readonly Ranked[]): number | null {
  const totals = offices.map((one) => one.score.total).filter((total): total is number => total !== null)
  return totals.length < 2 ? null : Math.max(...totals) - Math.min(...totals)
}
