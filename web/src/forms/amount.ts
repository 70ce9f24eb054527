// Money is counted in fen, typed in yuan; moments are typed as wall time, sent with an offset.

/** `12.5` → 1250. What is not an amount stays text, so that its fault can be shown. */
export function fenOf(text: string): number | string {
  const plain = text.trim().replace(/[,，]/g, '')
  if (plain === '') return ''
  if (!/^\d+(\.\d{1,2})?$/.test(plain)) return text
  return Math.round(Number(plain) * 100)
}

export function yuanOf(value: unknown): string {
  if (typeof value === 'number') return (value / 100).toFixed(2).replace(/\.00$/, '')
  return typeof value === 'string' ? value : ''
}
