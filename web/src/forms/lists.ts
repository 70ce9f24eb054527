// The lists that fields choose from, loaded once.
import { onMounted, ref, type Ref } from 'vue'
import { getCodeList, offices } from '../api/calls'
import { once } from '../api/resource'
import type { Field } from '../api/types'
import { stamp } from '../ui/time'
import { choices, inForce, type Choice } from './codes'

export function codeChoices(list: string): Promise<Choice[]> {
  return once(`codes:${list}`, async () => {
    const { rows } = await getCodeList(list)
    const limits = new Map(rows.map((row) => [row.code, row.limit]))
    // The limit a row sets is part of choosing it.
    return choices(inForce(rows, stamp().slice(0, 10))).map((one) => ({ ...one, path: [one.path, limits.get(one.code)].filter(Boolean).join(' · ') }))
  })
}

export function officeChoices(): Promise<Choice[]> {
  return once('offices', async () => {
    const rows = (await offices()).items
    const names = new Map(rows.map((office) => [office.id, office.name]))
    return rows.map((office) => ({
      code: String(office.id),
      title: office.name,
      path: office.parent === null ? '' : (names.get(office.parent) ?? ''),
    }))
  })
}

/** The choices of a field that has any; empty until they are here. */
export function useChoices(field: Field): Ref<Choice[]> {
  const found = ref<Choice[]>([])
  onMounted(async () => {
    try {
      if (field.kind === 'code' && field.list) found.value = await codeChoices(field.list)
      if (field.kind === 'org') found.value = await officeChoices()
    } catch {
      // The picker then says that nothing was found; sending tells why.
    }
  })
  return found
}
