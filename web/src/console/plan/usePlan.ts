// The plan the pages inside the shell share: read once, asked through one door, read again after each change.
import { inject, provide, type InjectionKey, type ShallowRef } from 'vue'
import { t } from '../../i18n'
import { actOnPlan, getPlan } from '../../api/plan'
import type { Done, PlanCommand, PlanRight, PlanView } from '../../api/planTypes'
import { Refusal } from '../../api/client'
import { useResource, type Resource } from '../../api/resource'
import { say } from '../../ui/toast'

export interface PlanDoor {
  page: Resource<PlanView>
  view: ShallowRef<PlanView | null>
  /** Asks something of the plan and reads it again. Errors: the refusal; when somebody was faster the plan is read again first. */
  act: (command: PlanCommand, key?: string) => Promise<Done>
  may: (right: PlanRight) => boolean
  /** Whether one may act for that office. */
  mayFor: (office: number | null | undefined) => boolean
  officeName: (office: number | null | undefined) => string
  personName: (person: number | null | undefined) => string
}
const KEY: InjectionKey<PlanDoor> = Symbol('plan')

export function providePlan(id: () => number): PlanDoor {
  const page = useResource(() => getPlan(id()))
  const view = page.value
  // One after the other: each needs the sequence number the one before it gave.
  let queue: Promise<unknown> = Promise.resolve()
  async function once(command: PlanCommand, key?: string): Promise<Done> {
    try {
      const done = await actOnPlan(id(), command, view.value?.seq ?? null, key)
      await page.load()
      return done
    } catch (problem) {
      if (problem instanceof Refusal && problem.code === 'seq_conflict') {
        await page.load()
        say(t('plan.conflict'), true)
      }
      throw problem
    }
  }
  const may = (right: PlanRight): boolean => view.value?.may.includes(right) ?? false
  const door: PlanDoor = {
    page,
    view,
    act(command, key) {
      const mine = queue.then(() => once(command, key))
      queue = mine.catch(() => undefined)
      return mine
    },
    may,
    mayFor: (office) => may('for_office') && !!office && (view.value?.my_offices.includes(office) ?? false),
    officeName: (office) => (office ? (view.value?.offices[String(office)] ?? `#${office}`) : t('plan.no_office')),
    personName: (person) => (person ? (view.value?.people[String(person)] ?? `#${person}`) : t('plan.by_system')),
  }
  provide(KEY, door)
  return door
}

/** The plan of the shell around this component. */
export function usePlan(): PlanDoor {
  const door = inject(KEY)
  if (!door) throw new Error('usePlan outside PlanShell')
  return door
}
