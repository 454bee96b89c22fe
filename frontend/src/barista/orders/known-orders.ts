/** What a barista makes of the orders that are known. Pure: what arrives may be late, twice or out of order. */
import { ENDED, type Order } from '@/shared/api/contract'
import type { Orders } from '@/shared/latest-orders'

/** Without those that ended before `since` (ms since 1970). */
export function withoutOld(known: Orders, since: number): Orders {
  return new Map(
    [...known].filter(([, { orderState, updatedTs }]) => !ENDED.has(orderState) || updatedTs >= since),
  )
}

/** The ids of those that were on their way, but that no list of the bar had: they ended, or moved between two lists. */
export function missingIn(listed: readonly Order[], known: Orders): string[] {
  const found = new Set(listed.map(({ orderId }) => orderId))
  return [...known.values()]
    .filter(({ orderId, orderState }) => !ENDED.has(orderState) && !found.has(orderId))
    .map(({ orderId }) => orderId)
}

/** Those that wait for a barista now and were not chosen yet, or not there, before: none that was only put back. */
export function newlyWaiting(before: Orders, now: Orders): Order[] {
  return [...now.values()].filter(({ orderId, orderState }) => {
    const seen = before.get(orderId)
    return orderState === 'SUBMITTED' && (!seen || seen.orderState === 'CREATED')
  })
}
