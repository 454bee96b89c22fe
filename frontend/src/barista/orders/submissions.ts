/** Since when orders wait for a barista, as far as this page can know: the bar tells when an order changed at last. Pure. */
import type { Order } from '@/shared/api/contract'

import type { Orders } from '@/shared/latest-orders'

/** When orders were submitted, ms since 1970, by their ids. */
export type Submissions = ReadonlyMap<string, number>

/** With those that are seen waiting for the first time; putting an order back makes it no younger. Others are let go. */
export function withSubmissions(submissions: Submissions, known: Orders): Submissions {
  return new Map(
    [...known.values()].flatMap((order) => {
      const since = submissions.get(order.orderId) ?? submittedTs(order)
      return since === null ? [] : [[order.orderId, since] as const]
    }),
  )
}

function submittedTs({ orderState, updatedTs }: Order): number | null {
  return orderState === 'SUBMITTED' ? updatedTs : null
}
