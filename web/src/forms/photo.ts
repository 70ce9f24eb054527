// A photo on its way to the server: made small in the browser, with the time, place and accuracy of its capture beside it.
import { uuid } from '../api/client'
import { upload } from '../api/calls'
import type { FileMeta, StoredFile } from '../api/types'
import { stamp } from '../ui/time'
import { readCapture } from './exif'

export const LONGEST_EDGE = 1600
const QUALITY = 0.8

/** Bytes rather than a Blob: some browsers lose a Blob kept in their database. */
export interface Photo {
  key: string
  bytes: ArrayBuffer
  type: string
  taken_at: string
  lon: number | null
  lat: number | null
  accuracy_m: number | null
}
export interface Fix { lon: number; lat: number; accuracy_m: number }

/** The size a picture is brought to: its longest edge at most `LONGEST_EDGE`, never larger than it was. */
export function shrunkSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, LONGEST_EDGE / Math.max(width, height, 1))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

async function shrink(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const size = shrunkSize(bitmap.width, bitmap.height)
  const canvas = document.createElement('canvas')
  canvas.width = size.width
  canvas.height = size.height
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, size.width, size.height)
  bitmap.close()
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('toBlob'))), 'image/jpeg', QUALITY)
  })
}

/** Makes a photo of a chosen file. `fix` is where the phone is now; the file's own position, if it has one, is nearer the truth. */
export async function takePhoto(file: File, fix: Fix | null): Promise<Photo> {
  const capture = readCapture(await file.slice(0, 256 * 1024).arrayBuffer())
  const small = await shrink(file).catch(() => file)
  const own = capture.lon !== undefined && capture.lat !== undefined
  return {
    key: uuid(),
    bytes: await small.arrayBuffer(),
    type: small.type || 'image/jpeg',
    taken_at: capture.taken_at ?? stamp(new Date(file.lastModified)),
    lon: own ? (capture.lon ?? null) : (fix?.lon ?? null),
    lat: own ? (capture.lat ?? null) : (fix?.lat ?? null),
    accuracy_m: own ? null : (fix?.accuracy_m ?? null),
  }
}

export function metaOf(photo: Photo, tags: string[]): FileMeta {
  return {
    taken_at: photo.taken_at,
    tags,
    ...(photo.lon !== null && photo.lat !== null ? { lon: photo.lon, lat: photo.lat } : {}),
    ...(photo.accuracy_m !== null ? { accuracy_m: photo.accuracy_m } : {}),
  }
}

/** Sends one photo. The same photo sent twice is one file: its key is the request's. */
export function sendPhoto(photo: Photo, tags: string[]): Promise<StoredFile> {
  return upload(new Blob([photo.bytes], { type: photo.type }), `${photo.key}.jpg`, metaOf(photo, tags), photo.key)
}

/** Asks where the device is; null when it does not know or may not say. */
export function locate(timeout = 8000): Promise<Fix | null> {
  if (!('geolocation' in navigator)) return Promise.resolve(null)
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude, accuracy_m: Math.round(coords.accuracy) }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout, maximumAge: 30_000 },
    )
  })
}
