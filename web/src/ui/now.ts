// One clock for the page: everything that shows time left is told at once, twice a minute.
import { ref, type Ref } from 'vue'

const now = ref(Date.now())
let started = false

/** The present instant in milliseconds, kept current. */
export function useNow(): Ref<number> {
  if (!started) {
    started = true
    setInterval(() => { now.value = Date.now() }, 30_000)
    document.addEventListener('visibilitychange', () => { now.value = Date.now() })
  }
  return now
}
