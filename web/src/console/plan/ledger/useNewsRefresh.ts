// Reads a page again when cases change, quietly and at most every ten seconds: values change where they stand.
import { onBeforeUnmount } from 'vue'
import { onNews } from '../../../api/events'

const PAUSE_MS = 10_000

export function useNewsRefresh(load: () => unknown): void {
  let timer = 0
  const stop = onNews(() => {
    if (timer) return
    timer = window.setTimeout(() => {
      timer = 0
      // A page nobody looks at waits until the next news after they do.
      if (document.visibilityState === 'visible') void load()
    }, PAUSE_MS)
  })
  onBeforeUnmount(() => {
    clearTimeout(timer)
    stop()
  })
}
