// Three pages need no router: reporting at `/`, following at `/t/CODE`, promises nearby at `/near`.
import { ref } from 'vue'

/** The tracking code in a path, or null on the report page. */
export function codeIn(path: string): string | null {
  const found = /^\/t\/([^/]+)\/?$/.exec(path)
  return found?.[1] ? decodeURIComponent(found[1]) : null
}

export const code = ref(codeIn(location.pathname))
export const nearby = ref(location.pathname.startsWith('/near'))

export function goTo(path: string): void {
  history.pushState(null, '', path)
  code.value = codeIn(path)
  nearby.value = path.startsWith('/near')
  window.scrollTo(0, 0)
}

window.addEventListener('popstate', () => {
  code.value = codeIn(location.pathname)
  nearby.value = location.pathname.startsWith('/near')
})
