// Who is logged in. One copy for the page; the cookie is the browser's, the CSRF token is kept here in memory only.
import { computed, shallowRef } from 'vue'
import { getSession, logOut } from '../api/calls'
import { Refusal, setCsrf } from '../api/client'
import type { Me } from '../api/types'
import { mapHome } from '../map/home'

const me = shallowRef<Me | null>(null)

export const useMe = () => computed(() => me.value)

/** Takes the answer of a log-in. */
export function enter(who: Me): void {
  me.value = who
  setCsrf(who.csrf)
  mapHome.value = { center: who.city.center, zoom: who.city.zoom }
}

/** Asks the server who this is; null when nobody is logged in. Errors: whatever else went wrong. */
export async function whoAmI(): Promise<Me | null> {
  if (me.value) return me.value
  try {
    enter(await getSession())
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 401) throw error
  }
  return me.value
}

/** Asks again, after a change of language: titles of roles and offices come in it. */
export async function renew(): Promise<void> {
  if (me.value) enter(await getSession())
}

/** Ends the session here and on the server. */
export async function leave(): Promise<void> {
  await logOut()
  me.value = null
  setCsrf('')
}

export function holds(...roles: string[]): boolean {
  return me.value?.roles.some((held) => roles.includes(held.role)) ?? false
}
