// Geometry of the Gantt chart: a bar per row from the first to the last day, a mark per step, a line for today.
import { dayNumber, linear, months } from './scale'

export interface GanttStep { id: string; title: string; due: string; done: string | null }
export interface GanttRow { id: string; title: string; light: 'red' | 'amber' | 'green' | 'grey'; from: string; due: string | null; steps: GanttStep[] }
export type StepState = 'done' | 'done_late' | 'overdue' | 'open'
export interface GanttBar {
  row: GanttRow
  x: number
  width: number
  marks: { x: number; state: StepState; step: GanttStep }[]
}
export interface GanttShape { bars: GanttBar[]; months: { x: number; month: number }[]; today: number | null }

/** How a step stands on a day. */
export function stepState(step: GanttStep, today: string): StepState {
  if (step.done) return step.done > step.due ? 'done_late' : 'done'
  return step.due < today ? 'overdue' : 'open'
}

/** Rows laid out over the year of the plan, `width` wide; what reaches beyond the year ends at its edge. */
export function ganttShape(rows: readonly GanttRow[], year: number, today: string, width: number): GanttShape {
  const [first, last] = [dayNumber(`${year}-01-01`), dayNumber(`${year}-12-31`)]
  const scale = linear(first, last, 0, width)
  const x = (day: string): number => Math.min(width, Math.max(0, scale(dayNumber(day))))
  const now = dayNumber(today)
  return {
    bars: rows.map((row) => {
      const from = x(row.from)
      const to = x(row.due ?? row.steps.at(-1)?.due ?? `${year}-12-31`)
      return { row, x: from, width: Math.max(2, to - from), marks: row.steps.map((step) => ({ x: x(step.due), state: stepState(step, today), step })) }
    }),
    months: months(first, last).map((one) => ({ x: scale(one.at), month: one.month })),
    today: now >= first && now <= last ? scale(now) : null,
  }
}
