/** Turns a scanned code into an order, once, whatever becomes of the answer. */
import type { Api } from '@/shared/api/api'
import { problemOf } from '@/shared/api/problems'
import type { Scan } from '@/shared/scan-link'

import type { MyOrders } from './my-orders'

export interface Redeemed {
  orderId: string
  /** Whether the customer has no more orders to place, so that this is one from before. */
  isLimit: boolean
}

/**
 * @param orders - what the customer had before; must be read already.
 * @throws Problem when there is no order to go to.
 */
export async function redeem(
  { eventId, code }: Scan,
  api: Pick<Api, 'redeem'>,
  orders: Pick<MyOrders, 'live' | 'refresh'>,
): Promise<Redeemed> {
  const before = new Set(orders.live.value.map(({ orderId }) => orderId))
  try {
    return { orderId: await api.redeem(code, eventId), isLimit: false }
  } catch (error) {
    const problem = await problemOf(error)
    if (problem.code !== 'Unreachable' && problem.code !== 'OrderLimitReached') throw problem
    await orders.refresh()
    const isLimit = problem.code === 'OrderLimitReached'
    // The answer may be lost though the order was made.
    const found = orders.live.value.find(({ orderId }) => isLimit || !before.has(orderId))
    if (!found) throw problem
    return { orderId: found.orderId, isLimit }
  }
}
