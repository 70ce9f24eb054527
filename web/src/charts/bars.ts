// Bars side by side: pure geometry, so that a test can hold it.
import { linear, ticks } from './scale'

export interface Bar { id: string; title: string; value: number | null; mark: string }
export interface BarBox { id: string; title: string; mark: string; y: number; width: number; empty: boolean }

export const BARS = { width: 640, left: 150, right: 60, row: 22, top: 20 }

export interface BarShape { height: number; boxes: BarBox[]; ticks: { x: number; value: number }[] }

/** One row per bar, the longest as wide as the chart; what has no value has no bar. */
export function barShape(bars: readonly Bar[]): BarShape {
  const most = Math.max(0, ...bars.map((bar) => bar.value ?? 0))
  const marks = ticks(most)
  const scale = linear(0, marks.at(-1) ?? 0, 0, BARS.width - BARS.left - BARS.right)
  const boxes = bars.map((bar, index) => ({
    id: bar.id, title: bar.title, mark: bar.mark, y: BARS.top + index * BARS.row, width: Math.max(0, scale(bar.value ?? 0)), empty: bar.value === null,
  }))
  return { height: BARS.top + bars.length * BARS.row + 4, boxes, ticks: marks.map((value) => ({ x: BARS.left + scale(value), value })) }
}
