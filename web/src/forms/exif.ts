// Reads from a JPEG when and where it was taken. Shrinking a photo drops these, so they are read first and kept apart:
// the time and place of capture are not those of sending.
export interface Capture { taken_at?: string; lon?: number; lat?: number }

const TAG = { exif: 0x8769, gps: 0x8825, taken: 0x9003, offset: 0x9011, latRef: 1, lat: 2, lonRef: 3, lon: 4 }

class Tiff {
  constructor(private readonly view: DataView, private readonly base: number, private readonly little: boolean) {}
  u16(at: number): number { return this.view.getUint16(this.base + at, this.little) }
  u32(at: number): number { return this.view.getUint32(this.base + at, this.little) }

  /** Positions of the 12-byte entries of a directory by tag. */
  directory(at: number): Map<number, number> {
    const entries = new Map<number, number>()
    const count = this.u16(at)
    for (let i = 0; i < count; i += 1) entries.set(this.u16(at + 2 + i * 12), at + 2 + i * 12)
    return entries
  }
  text(entry: number | undefined): string | null {
    if (entry === undefined) return null
    const length = this.u32(entry + 4)
    const at = length <= 4 ? entry + 8 : this.u32(entry + 8)
    let text = ''
    for (let i = 0; i < length; i += 1) {
      const code = this.view.getUint8(this.base + at + i)
      if (code === 0) break
      text += String.fromCharCode(code)
    }
    return text
  }
  /** Degrees, minutes and seconds as three fractions. */
  degrees(entry: number | undefined): number | null {
    if (entry === undefined) return null
    const at = this.u32(entry + 8)
    const part = (n: number): number => this.u32(at + n * 8) / (this.u32(at + n * 8 + 4) || 1)
    return part(0) + part(1) / 60 + part(2) / 3600
  }
}

function findTiff(view: DataView): Tiff | null {
  if (view.getUint16(0) !== 0xffd8) return null
  for (let at = 2; at + 10 < view.byteLength;) {
    const marker = view.getUint16(at)
    if (marker === 0xffe1 && view.getUint32(at + 4) === 0x45786966) {
      return new Tiff(view, at + 10, view.getUint16(at + 10) === 0x4949)
    }
    if (marker < 0xff00 || marker === 0xffda) return null
    at += 2 + view.getUint16(at + 2)
  }
  return null
}

/** `2026:11:24 09:30:00` with the camera's offset, else the reader's own, as RFC 3339. */
export function exifTime(text: string, offset: string | null, localMinutes: number): string | null {
  const found = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(text)
  if (!found) return null
  const sign = localMinutes <= 0 ? '+' : '-'
  const minutes = Math.abs(localMinutes)
  const pad = (n: number): string => String(n).padStart(2, '0')
  const zone = offset && /^[+-]\d\d:\d\d$/.test(offset) ? offset : `${sign}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
  return `${found[1]}-${found[2]}-${found[3]}T${found[4]}${zone}`
}

/** What the file says of its own capture; nothing where it says nothing or is not a JPEG. */
export function readCapture(bytes: ArrayBuffer): Capture {
  const capture: Capture = {}
  try {
    const tiff = findTiff(new DataView(bytes))
    if (!tiff) return capture
    const first = tiff.directory(tiff.u32(4))
    const exif = first.get(TAG.exif)
    if (exif !== undefined) {
      const entries = tiff.directory(tiff.u32(exif + 8))
      const taken = tiff.text(entries.get(TAG.taken))
      const at = taken ? exifTime(taken, tiff.text(entries.get(TAG.offset)), new Date().getTimezoneOffset()) : null
      if (at) capture.taken_at = at
    }
    const gps = first.get(TAG.gps)
    if (gps !== undefined) Object.assign(capture, position(tiff, tiff.directory(tiff.u32(gps + 8))))
  } catch {
    // A damaged header is as good as none.
  }
  return capture
}

function position(tiff: Tiff, entries: Map<number, number>): Capture {
  const lat = tiff.degrees(entries.get(TAG.lat))
  const lon = tiff.degrees(entries.get(TAG.lon))
  if (lat === null || lon === null || (lat === 0 && lon === 0)) return {}
  return {
    lat: tiff.text(entries.get(TAG.latRef)) === 'S' ? -lat : lat,
    lon: tiff.text(entries.get(TAG.lonRef)) === 'W' ? -lon : lon,
  }
}
