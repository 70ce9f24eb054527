// Short news of what was just done, spoken by screen readers.
import { reactive } from 'vue'

export interface Toast { id: number; text: string; bad: boolean }
const shown = reactive<Toast[]>([])
let last = 0

export function useToasts(): Toast[] { return shown }

export function dismiss(id: number): void {
  const at = shown.findIndex((toast) => toast.id === id)
  if (at >= 0) shown.splice(at, 1)
}

/** Says `text`. Good news leaves by itself; bad news stays until it is dismissed. */
export function say(text: string, bad = false): void {
  const id = ++last
  shown.push({ id, text, bad })
  if (!bad) setTimeout(() => dismiss(id), 6000)
}
