// The definitions the pages render from, loaded once.
import { shallowRef, type ShallowRef } from 'vue'
import { getPack } from '../api/calls'
import { once } from '../api/resource'
import type { Pack } from '../api/types'

const pack = shallowRef<Pack | null>(null)

export function usePack(): ShallowRef<Pack | null> {
  once('pack', getPack).then((got) => { pack.value = got }, () => undefined)
  return pack
}

export function sourceTitle(code: string): string {
  return pack.value?.sources.find((source) => source.code === code)?.title ?? code
}

export function procedureTitle(id: string): string {
  return usePack().value?.procedures.find((procedure) => procedure.id === id)?.title ?? id
}
