/** The board, kept right by readings and messages. */
import { computed, shallowRef, type ComputedRef, type Ref } from 'vue'

import { useBar } from '@/shared/bar'
import type { Message } from '@/shared/realtime/messages'

import { sinceStart, type Contact } from '../reading/contact'
import { createReading } from '../reading/reading'
import { afterMessage, afterReading, preparing, ready, type Board, type Shown } from './board'
import { createFinishedOrders } from './finished-orders'

export interface Orders {
  preparing: ComputedRef<Shown[]>
  ready: ComputedRef<Shown[]>
  again: () => void
  hear: (message: Message) => void
}

/** How far the index of orders by state may lag behind. */
export const LAG_MS = 1500

/**
 * @param now - the bar's time, ms since 1970.
 * @param longestWait - how long the bar waits for customer and barista together, ms.
 */
export function useBoard(contact: Contact, now: Readonly<Ref<number>>, longestWait: () => number): Orders {
  const { api } = useBar()
  const board = shallowRef<Board>(new Map())
  const finished = createFinishedOrders(api, () => now.value, longestWait)

  const reading = createReading(async () => {
    const since = sinceStart() - LAG_MS
    // One after the other, as orders move: read at once, one could move from an unread list to one that is read already.
    const queued = await api.orders('SUBMITTED')
    const making = await api.orders('IN_PRODUCTION')
    board.value = afterReading(
      board.value,
      [...queued.orders, ...making.orders, ...(await finished())],
      since,
    )
  }, contact)

  return {
    preparing: computed(() => preparing(board.value)),
    ready: computed(() => ready(board.value, now.value)),
    again: reading.again,
    hear: (message) => (board.value = afterMessage(board.value, message, sinceStart())),
  }
}
