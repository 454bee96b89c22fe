/** What this barista did last, for as long as it can be undone by one touch. */
import { shallowRef, type Ref } from 'vue'

import type { Order } from '@/shared/api/contract'

import { wayBack, type Move } from './moves'

/** How long one touch undoes a move, ms. */
export const UNDO_MS = 8_000

/** More would be too many to find the right one in time. */
const AT_ONCE = 3

export interface Undo {
  /** The order as it was before. */
  order: Order
  move: Move
  /** The moves that undo it, in this order. */
  back: Move[]
  /** When it is too late, ms since 1970. */
  until: number
}

export interface Undos {
  /** The latest is last. */
  offered: Readonly<Ref<readonly Undo[]>>
  offer: (order: Order, move: Move) => void
  /** What was offered of the order would undo something else now. */
  withdraw: (orderId: string) => void
  /** It is undone, or too late. */
  drop: (undo: Undo) => void
}

/** @param now - the bar's time, ms since 1970. */
export function createUndos(now: () => number): Undos {
  const offered = shallowRef<readonly Undo[]>([])
  return {
    offered,
    offer(order, move) {
      const back = wayBack(order, move)
      const others = offered.value.filter(
        (undo) => undo.order.orderId !== order.orderId && undo.until > now(),
      )
      const offer = { order, move, back, until: now() + UNDO_MS }
      offered.value = back.length ? [...others, offer].slice(-AT_ONCE) : others
    },
    withdraw: (orderId) => (offered.value = offered.value.filter(({ order }) => order.orderId !== orderId)),
    drop: (undo) => (offered.value = offered.value.filter((other) => other !== undo)),
  }
}
