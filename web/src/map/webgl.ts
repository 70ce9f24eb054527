// MapLibre 6 needs WebGL 2. Old browsers and machines without a driver have none; their users get the list.
export function hasWebGl(): boolean {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null
  } catch {
    return false
  }
}
