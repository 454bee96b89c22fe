/** What an order means to its customer. Pure; times are the bar's, ms since 1970. */
import { ENDED, type Order } from '@/shared/api/contract'

const FRESH_MS = 10 * 60_000

/** Whether the customer wanted it to end. */
export function isOwnWish({ reason }: Pick<Order, 'reason'>): boolean {
  return reason === 'Cancelled by customer'
}

export function isLive({ orderState }: Pick<Order, 'orderState'>): boolean {
  return !ENDED.has(orderState)
}

/** A drink that is being made is only the barista's to cancel. */
export function mayCancel({ orderState }: Pick<Order, 'orderState'>): boolean {
  return orderState === 'CREATED' || orderState === 'SUBMITTED'
}

/** Whether it ended so lately that its customer may still stand before the counter. */
export function isFresh(order: Order, now: number): boolean {
  return !isLive(order) && now - order.updatedTs < FRESH_MS
}

/** When the bar stops waiting for the choice; a moment early, for its wait begins after the order does. */
export function chooseUntil({ createdTs }: Pick<Order, 'createdTs'>, waitSeconds: number): number {
  return createdTs + waitSeconds * 1000
}

export function newestFirst(orders: Iterable<Order>): Order[] {
  return [...orders].sort((one, other) => other.createdTs - one.createdTs)
}

/** The order that somebody who comes to the page comes for: one whose time runs, any live one, one just ended. */
export function orderToShow(orders: readonly Order[], now: number): Order | null {
  const newest = newestFirst(orders)
  const live = newest.find(({ orderState }) => orderState === 'CREATED') ?? newest.find(isLive)
  if (live) return live
  const [last] = newest
  return last && isFresh(last, now) && !isOwnWish(last) ? last : null
}

/** The orders that are another state than they were when they were last seen. */
export function changedOrders(before: ReadonlyMap<string, Order>, now: ReadonlyMap<string, Order>): Order[] {
  return [...now.values()].filter((order) => {
    const seen = before.get(order.orderId)
    return seen !== undefined && seen.orderState !== order.orderState
  })
}

/** When the display shows its next code: codes change with each five minutes of the clock (chalicelib/qr_codes/model.py). */
export function nextCodeTs(now: number): number {
  const every = 5 * 60_000
  return (Math.floor(now / every) + 1) * every
}
