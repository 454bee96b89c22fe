/** What a barista can do with an order. Pure: it says what the page offers and expects; the bar decides. */
import type { Order, OrderState } from '@/shared/api/contract'

export const MOVES = ['make', 'unmake', 'complete', 'cancel'] as const
export type Move = (typeof MOVES)[number]

const LEADS_TO: Readonly<Record<Move, OrderState>> = {
  make: 'IN_PRODUCTION',
  unmake: 'SUBMITTED',
  complete: 'COMPLETED',
  cancel: 'CANCELLED',
}

/** Whether somebody else is making it. */
export function isAnothers({ orderState, baristaUserId }: Order, me: string): boolean {
  return orderState === 'IN_PRODUCTION' && baristaUserId !== me
}

/** What may be done with the order, the likeliest first. Only who claimed an order can put it back. */
export function movesFor(order: Order, me: string): Move[] {
  if (order.orderState === 'SUBMITTED') return ['make', 'complete', 'cancel']
  if (order.orderState !== 'IN_PRODUCTION') return []
  return isAnothers(order, me) ? ['complete', 'cancel'] : ['complete', 'unmake', 'cancel']
}

/**
 * The order as it will be if the bar agrees; as it is where the move makes no sense (any more).
 *
 * @param me - the barista's own id.
 * @param now - ms since 1970.
 */
export function moved(order: Order, move: Move, me: string, now: number): Order {
  if (!movesFor(order, me).includes(move)) return order
  const baristaUserId = { make: me, unmake: null, complete: order.baristaUserId, cancel: order.baristaUserId }
  return {
    ...order,
    orderState: LEADS_TO[move],
    baristaUserId: baristaUserId[move],
    updatedTs: Math.max(now, order.updatedTs),
  }
}
