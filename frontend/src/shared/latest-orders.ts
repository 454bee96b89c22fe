/** Orders by id, as the bar last told them. Pure: what arrives may be late, twice or out of order. */
import type { Order } from './api/contract'

export type Orders = ReadonlyMap<string, Order>

/** With these; of two about the same order the later one counts. */
export function withLater(known: Orders, orders: readonly Order[]): Orders {
  const all = new Map(known)
  for (const order of orders) {
    if (order.updatedTs >= (all.get(order.orderId)?.updatedTs ?? 0)) all.set(order.orderId, order)
  }
  return all
}
