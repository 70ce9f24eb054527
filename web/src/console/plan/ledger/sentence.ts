// The forecast in one sentence, and how old the last sign of life is.
import { t } from '../../../i18n'
import type { Line } from '../../../api/planTypes'
import { rough } from '../figures'

/** `按目前进度，到 12-31 约 31 公里（25–36），差 19`; empty without a forecast. */
export function forecastText(line: Line): string {
  const { forecast, target, unit } = line
  if (!forecast) return ''
  const range = forecast.high > forecast.low ? t('ledger.range', { low: rough(forecast.low), high: rough(forecast.high) }) : ''
  const short = target === null ? 0 : target - forecast.mid
  const at = { by: forecast.by.slice(5), mid: rough(forecast.mid), unit, range }
  return short > 0 ? t('ledger.forecast_short', { ...at, short: rough(short) }) : t('ledger.forecast_enough', at)
}

export function ageText(line: Line): string {
  return line.age_days === null ? t('ledger.no_sign') : line.age_days === 0 ? t('ledger.today') : t('ledger.days', { n: line.age_days })
}
