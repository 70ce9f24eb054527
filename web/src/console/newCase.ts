// Which fields of a procedure are asked for when a case is opened. The rest is filled by later moves or by the server.
import type { Field, ProcedureDef } from '../api/types'

/** The position field, asked for beside the address. */
export function pointField(procedure: ProcedureDef): Field | null {
  return procedure.fields.find((field) => field.kind === 'point') ?? null
}

/** The required fields and the category; photos and files have their own picker. */
export function formFields(procedure: ProcedureDef): Field[] {
  const own = new Set(['point', 'photo', 'file'])
  return procedure.fields.filter((field) => !own.has(field.kind) && (field.required || field.id === 'category'))
}

/** The corners of a square around a place, as the server's `bbox`. */
export function boxAround([lon, lat]: readonly [number, number], metres: number): string {
  const dLat = metres / 111_320
  const dLon = dLat / Math.cos((lat * Math.PI) / 180)
  return [lon - dLon, lat - dLat, lon + dLon, lat + dLat].map((n) => n.toFixed(6)).join(',')
}
