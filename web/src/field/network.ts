// Whether the device says it has a network. It may be wrong both ways; requests tell the truth.
import { ref } from 'vue'

export const isOffline = ref(!navigator.onLine)

export function watchNetwork(onBack: () => void): void {
  window.addEventListener('offline', () => { isOffline.value = true })
  window.addEventListener('online', () => {
    isOffline.value = false
    onBack()
  })
}
