// Small choices kept in this browser. A browser that keeps nothing still works: the choice then lasts for the visit.
export function readKept(name: string): string | null {
  try {
    return localStorage.getItem(`guancheng.${name}`)
  } catch {
    return null
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`guancheng.${name}`, value)
  } catch {
    // Storage is full or forbidden.
  }
}
