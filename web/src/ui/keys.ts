// One key for one action, without modifiers. The pages say what they offer; `?` shows it all.
import { onBeforeUnmount, onMounted, reactive, type Reactive } from 'vue'
import type { Key } from '../i18n'

export interface KeyAction {
  /** As in KeyboardEvent.key; several spellings of one action. */
  keys: string[]
  title: Key
  run: () => void
}

const layers: Reactive<KeyAction[][]> = reactive([])
let listening = false

/** Whether the keystroke belongs to the element under it rather than to the page. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)
}

/** The action a key means, the newest layer first. */
export function actionFor(key: string, stack: readonly KeyAction[][]): KeyAction | null {
  for (const layer of [...stack].reverse()) {
    const action = layer.find((candidate) => candidate.keys.includes(key))
    if (action) return action
  }
  return null
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  if (isTyping(event.target) || document.querySelector('dialog[open]')) return
  // Enter and Space on a link or a button are that element's own.
  if ((event.key === 'Enter' || event.key === ' ') && (event.target as HTMLElement).closest('a,button,summary')) return
  const action = actionFor(event.key, layers)
  if (!action) return
  event.preventDefault()
  action.run()
}

/** Offers actions while the component is on the page. */
export function useKeys(actions: KeyAction[]): void {
  onMounted(() => {
    layers.push(actions)
    if (!listening) {
      listening = true
      document.addEventListener('keydown', onKey)
    }
  })
  onBeforeUnmount(() => {
    const at = layers.findIndex((layer) => layer[0] === actions[0])
    if (at >= 0) layers.splice(at, 1)
  })
}

/** Everything on offer now, for the help. */
export function offered(): KeyAction[] { return layers.flat() }
