/**
 * The orders that were completed lately. The bar lists all of its life, oldest first: so the place is kept behind which
 * they can only be, and the end of a long day costs no more than its beginning.
 */
import type { Api } from '@/shared/api/api'
import type { Order } from '@/shared/api/contract'
import { Problem } from '@/shared/api/problems'
import { READY_FOR_MS } from '@/shared/ready-for'

const PAGE = 100

/** What an order may live longer than its waits, since the bar's sweep ends it where all else failed. */
const SWEPT_MS = 30 * 60_000

/**
 * @param now - the bar's time, ms since 1970.
 * @param longestWait - how long the bar waits for customer and barista together, ms.
 */
export function createFinishedOrders(
  api: Pick<Api, 'orders'>,
  now: () => number,
  longestWait: () => number,
): () => Promise<Order[]> {
  let place: string | null = null
  const isOver = ({ createdTs }: Order) => now() - createdTs > longestWait() + SWEPT_MS + READY_FOR_MS

  async function read(): Promise<Order[]> {
    const found: Order[] = []
    for (let token = place, more = true; more; more = token !== null) {
      const page = await api.orders('COMPLETED', { maxItems: PAGE, ...(token && { nextToken: token }) })
      found.push(...page.orders.filter(({ updatedTs }) => now() - updatedTs < READY_FOR_MS))
      token = page.nextToken
      if (token && page.orders.every(isOver)) place = token
    }
    return found
  }

  return async () => {
    try {
      return await read()
    } catch (error) {
      if (error instanceof Problem && error.status === 400) place = null // the bar knows the place no more
      throw error
    }
  }
}
