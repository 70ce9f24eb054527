// The lists that fields choose from, loaded once.
import { onMounted, ref, type Ref } from 'vue'
import { getCodeList, offices } from '../api/calls'
import { once } from '../api/resource'
import type { Field } from '../api/types'
import { choices, type Choice } from './codes'

export function codeChoices(list: string): Promise<Choice[]> {
  return once(`codes:${list}`, async () => choices((await getCodeList(list)).rows))
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
