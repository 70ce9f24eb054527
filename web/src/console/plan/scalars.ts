// Text by Unicode scalars, as the server counts it. JavaScript counts UTF-16 units: a rare character there is two.

/** The scalars of a text, one string each. */
export function scalarsOf(text: string): string[] {
  return Array.from(text)
}

/** The stretch of a text between two scalar offsets, half open. */
export function sliceScalars(text: string, from: number, to: number): string {
  return scalarsOf(text).slice(Math.max(0, from), Math.max(0, to)).join('')
}

/** The scalar offset of a UTF-16 offset; an offset inside a pair counts as its end. */
export function scalarOffset(text: string, utf16: number): number {
  let units = 0
  let scalars = 0
  for (const one of text) {
    if (units >= utf16) break
    units += one.length
    scalars += 1
  }
  return scalars
}

const SEPARATOR = /^[\s，。；、：！？,.;:!?\u00a0\u3000]$/u

/** Whether a scalar only divides: blank or punctuation. */
export function isSeparator(scalar: string): boolean {
  return SEPARATOR.test(scalar)
}

/** Where a text is likely to be cut: after each run of separators, within its ends. Offsets into the text. */
export function cutPoints(text: string): number[] {
  const scalars = scalarsOf(text)
  const found: number[] = []
  for (let i = 1; i < scalars.length; i += 1) {
    if (isSeparator(scalars[i - 1]!) && !isSeparator(scalars[i]!)) found.push(i)
  }
  return found
}
