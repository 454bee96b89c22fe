/** What a barista can do with an order. Pure: it says what the page offers and expects; the bar decides. */
import type { Order, OrderState } from '@/shared/api/contract'

export const MOVES = ['make', 'unmake', 'complete', 'recall', 'cancel'] as const
export type Move = (typeof MOVES)[number]

const LEADS_TO: Readonly<Record<Move, OrderState>> = {
  make: 'IN_PRODUCTION',
  unmake: 'SUBMITTED',
  complete: 'COMPLETED',
  recall: 'IN_PRODUCTION',
  cancel: 'CANCELLED',
}

/** For how long a drink that is ready can be called back, ms. */
export const RECALL_MS = 2 * 60_000

/** Whether somebody else is making it. */
export function isAnothers({ orderState, baristaUserId }: Order, me: string): boolean {
  return orderState === 'IN_PRODUCTION' && baristaUserId !== me
}

/**
 * What may be done with the order, the likeliest first. Only who claimed an order can put it back.
 *
 * @param me - the barista's own id.
 * @param now - ms since 1970.
 */
export function movesFor(order: Order, me: string, now: number): Move[] {
  if (order.orderState === 'SUBMITTED') return ['make', 'complete', 'cancel']
  if (order.orderState === 'COMPLETED') return now - order.updatedTs < RECALL_MS ? ['recall'] : []
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
  if (!movesFor(order, me, now).includes(move)) return order
  const claims: Partial<Record<Move, string | null>> = { make: me, recall: me, unmake: null }
  const { [move]: baristaUserId = order.baristaUserId } = claims
  return { ...order, orderState: LEADS_TO[move], baristaUserId, updatedTs: Math.max(now, order.updatedTs) }
}

/**
 * The moves that bring an order back to where it was; none where nothing does.
 *
 * @param before - the order before the move.
 */
export function wayBack({ orderState }: Order, move: Move): Move[] {
  if (move === 'complete' && orderState === 'SUBMITTED') return ['recall', 'unmake']
  const back: Record<Move, Move[]> = {
    make: ['unmake'],
    unmake: ['make'],
    complete: ['recall'],
    recall: ['complete'],
    cancel: [],
  }
  return back[move]
}
