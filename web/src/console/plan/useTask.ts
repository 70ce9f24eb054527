// One deed at a time: busy while it runs, its refusal kept to be shown, its success said.
import { ref, shallowRef } from 'vue'
import { say } from '../../ui/toast'

export function useTask() {
  const busy = ref(false)
  const error = shallowRef<Error | null>(null)
  /** Runs the deed; true when it was done. */
  async function run(deed: () => Promise<unknown>, done?: string): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    error.value = null
    try {
      await deed()
      if (done) say(done)
      return true
    } catch (problem) {
      error.value = problem as Error
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, error, run }
}
