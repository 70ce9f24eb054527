// Geometry of the curve: planned, actual and where the pace leads.
import { dayNumber, linear, months, pathOf, ticks, type Point, type Scale } from './scale'

export interface CurvePoint { day: string; planned: number | null; actual: number | null }
export interface Band { low: number; mid: number; high: number; by: string }
export interface Box { width: number; height: number; left: number; right: number; top: number; bottom: number }
export interface CurveShape {
  planned: string
  actual: string
  /** The fan from the last actual point to the forecast's interval. */
  fan: string
  pace: string
  target: number | null
  dots: Point[]
  last: (Point & { value: number }) | null
  ends: { planned: Point | null; mid: Point | null }
  yTicks: { y: number; value: number }[]
  xTicks: { x: number; month: number }[]
}

export const BOX: Box = { width: 640, height: 260, left: 52, right: 84, top: 12, bottom: 26 }

export function curveShape(points: readonly CurvePoint[], target: number | null, forecast: Band | null, box = BOX): CurveShape {
  const known = points.filter((point) => Number.isFinite(dayNumber(point.day)))
  const days = known.map((point) => dayNumber(point.day))
  const end = forecast ? Math.max(dayNumber(forecast.by), ...days) : Math.max(...days, 0)
  const start = days.length ? Math.min(...days) : end
  const values = known.flatMap((point) => [point.planned ?? 0, point.actual ?? 0])
  const top = Math.max(target ?? 0, forecast?.high ?? 0, ...values, 0)
  const yValues = ticks(top)
  const x = linear(start, end, box.left, box.width - box.right)
  const y = linear(0, yValues.at(-1) || 1, box.height - box.bottom, box.top)
  const at = (day: number, value: number | null): Point | null => (value === null ? null : { x: x(day), y: y(value) })
  const actual = known.map((point, i) => at(days[i]!, point.actual))
  const lastAt = known.findLastIndex((point) => point.actual !== null)
  const lastValue = lastAt >= 0 ? known[lastAt]!.actual : null
  const last = lastAt >= 0 && lastValue !== null ? { x: x(days[lastAt]!), y: y(lastValue), value: lastValue } : null
  const plannedEnd = known.findLastIndex((point) => point.planned !== null)
  return {
    planned: pathOf(known.map((point, i) => at(days[i]!, point.planned))),
    actual: pathOf(actual),
    ...fanOf(last, forecast, x, y),
    target: target === null ? null : y(target),
    dots: actual.filter((point): point is Point => point !== null),
    last,
    ends: {
      planned: plannedEnd >= 0 ? at(days[plannedEnd]!, known[plannedEnd]!.planned) : null,
      mid: forecast ? at(dayNumber(forecast.by), forecast.mid) : null,
    },
    yTicks: yValues.map((value) => ({ y: y(value), value })),
    xTicks: days.length ? months(start, end).map((one) => ({ x: x(one.at), month: one.month })) : [],
  }
}

function fanOf(last: Point | null, forecast: Band | null, x: Scale, y: Scale): { fan: string; pace: string } {
  if (!last || !forecast) return { fan: '', pace: '' }
  const by = x(dayNumber(forecast.by))
  const corner = (value: number): Point => ({ x: by, y: y(value) })
  return { fan: `${pathOf([last, corner(forecast.high), corner(forecast.low)])}Z`, pace: pathOf([last, corner(forecast.mid)]) }
}
