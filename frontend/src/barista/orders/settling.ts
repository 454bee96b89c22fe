/**
 * Which tickets have just come to where they are. A finger that is on its way down then, or taps a second time, means the
 * ticket that was there before: so a touch of these counts for nothing. A key press means what has the focus, and counts.
 */
import { inject, onScopeDispose, provide, shallowRef, watch, type InjectionKey } from 'vue'

import type { Order } from '@/shared/api/contract'

/** The longest pause of a double tap, and some. */
export const SETTLING_MS = 600

/** Which ticket it is, and with which buttons. Pure. */
export function ticketKey({ orderId, orderState, baristaUserId }: Order): string {
  return [orderId, orderState, baristaUserId].join(' ')
}

type IsSettling = (key: string) => boolean
const settlingKey: InjectionKey<IsSettling> = Symbol('settling')

/** Those that stand somewhere else than before, or were not there. Pure. */
export function movedKeys(before: readonly string[], now: readonly string[]): string[] {
  return now.filter((key, place) => before[place] !== key)
}

/**
 * For the component around all tickets.
 *
 * @param grids - the tickets of each grid in their places; a ticket with other buttons has another key.
 */
export function provideSettling(grids: () => readonly (readonly string[])[]): void {
  const settling = shallowRef<ReadonlySet<string>>(new Set())
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    grids,
    (now, before) => {
      const moved = now.flatMap((keys, grid) => movedKeys(before?.[grid] ?? [], keys))
      if (!moved.length) return
      settling.value = new Set([...settling.value, ...moved])
      clearTimeout(timer)
      timer = setTimeout(() => (settling.value = new Set()), SETTLING_MS)
    },
    { immediate: true, flush: 'sync' },
  )
  onScopeDispose(() => clearTimeout(timer))
  provide(settlingKey, (key) => settling.value.has(key))
}

/** Whether a ticket has just come; never where nobody watches over it. */
export function useSettling(): IsSettling {
  return inject(settlingKey, () => false)
}

/** Whether the click is that of a finger or a mouse. */
export function isTouch({ detail }: Pick<MouseEvent, 'detail'>): boolean {
  return detail > 0
}
