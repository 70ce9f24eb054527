// Two pages need no router: reporting at `/`, following at `/t/CODE`.
import { ref } from 'vue'

/** The tracking code in a path, or null on the report page. */
export function codeIn(path: string): string | null {
  const found = /^\/t\/([^/]+)\/?$/.exec(path)
  return found?.[1] ? decodeURIComponent(found[1]) : null
}

export const code = ref(codeIn(location.pathname))

export function goTo(path: string): void {
  history.pushState(null, '', path)
  code.value = codeIn(path)
  window.scrollTo(0, 0)
}

window.addEventListener('popstate', () => { code.value = codeIn(location.pathname) })
