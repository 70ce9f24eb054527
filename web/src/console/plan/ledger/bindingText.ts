// A binding in one sentence, as letters and comparisons print it.
import { t } from '../../../i18n'
import type { Binding } from '../../../api/planTypes'
import { procedureTitle } from '../../pack'
import { amount } from '../figures'

export function bindingText(binding: Binding | null | undefined): string {
  if (!binding) return t('binding.none')
  switch (binding.kind) {
    case 'count': return t('binding.count_text', { target: amount(binding.target), unit: binding.unit, due: binding.due })
    case 'milestones':
    case 'document': return binding.steps.map((step) => `${step.title} ${step.due}`).join(t('plan.semicolon'))
    case 'indicator':
    case 'duty': return t('binding.rate_text', { measure: t(`measure.${binding.measure}`), target: amount(binding.target), procedure: procedureTitle(binding.procedure) })
    case 'schedule': return binding.times
      ? t('binding.times_text', { n: binding.times, from: binding.from, to: binding.to })
      : t('binding.schedule_text', { cadence: t(`cadence.${binding.cadence}`), from: binding.from, to: binding.to })
    case 'mechanism': return t('binding.mechanism_text', { n: binding.alive_days })
    case 'opinion': return t('binding.opinion_text')
  }
}

/** The last day of a binding; null for what ends with the year. */
export function bindingDue(binding: Binding | null | undefined): string | null {
  switch (binding?.kind) {
    case 'count': return binding.due
    case 'milestones':
    case 'document': return binding.steps.map((step) => step.due).sort().at(-1) ?? null
    case 'schedule': return binding.to
    default: return null
  }
}
