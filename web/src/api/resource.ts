// Something loaded from the server, with the three things a page must show: the value, that it is coming, that it failed.
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { lang } from '../i18n'

export interface Resource<T> {
  value: ShallowRef<T | null>
  loading: Ref<boolean>
  error: ShallowRef<Error | null>
  load: () => Promise<void>
}

/** Wraps a loader. A later call wins over an earlier one that is slower; the old value stays while the new is coming. */
export function useResource<T>(loader: () => Promise<T>): Resource<T> {
  const value = shallowRef<T | null>(null)
  const loading = ref(false)
  const error = shallowRef<Error | null>(null)
  let turn = 0
  async function load(): Promise<void> {
    const mine = ++turn
    loading.value = true
    try {
      const got = await loader()
      if (mine !== turn) return
      value.value = got
      error.value = null
    } catch (problem) {
      if (mine === turn) error.value = problem instanceof Error ? problem : new Error(String(problem))
    } finally {
      if (mine === turn) loading.value = false
    }
  }
  return { value, loading, error, load }
}

const kept = new Map<string, Promise<unknown>>()
/** Loads a definition once per page and language: packs and code lists do not change under an open page. */
export function once<T>(name: string, loader: () => Promise<T>): Promise<T> {
  const key = `${lang.value}:${name}`
  let promise = kept.get(key) as Promise<T> | undefined
  if (!promise) {
    promise = loader()
    kept.set(key, promise)
    promise.catch(() => kept.delete(key))
  }
  return promise
}
