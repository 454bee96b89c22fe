/** Reads the shop's orders, state by state and page by page. */
import type { Api } from '@/shared/api/api'
import type { Order, OrderPage, OrderState } from '@/shared/api/contract'

type Lists = Pick<Api, 'orders'>

/** The pages from `start` on, each with the token by which it is read again. */
async function* pagesOf(api: Lists, state: OrderState, start: string | null) {
  let token = start
  do {
    const page: OrderPage = await api.orders(state, token ? { nextToken: token } : {})
    yield { token, orders: page.orders }
    token = page.nextToken
  } while (token)
}

export async function readAll(api: Lists, state: OrderState): Promise<Order[]> {
  const orders: Order[] = []
  for await (const page of pagesOf(api, state, null)) orders.push(...page.orders)
  return orders
}

/** Where the list of the completed begins to matter: the token of a page; null is its very beginning. */
export interface Bookmark {
  value: string | null
}

/**
 * Reads the completed orders of late. The bar lists all there ever were, by when they began, so the bookmark moves over
 * the pages of those that began too long ago.
 *
 * @param since - when an order that can have been completed of late began at the earliest, ms since 1970.
 */
export async function readCompleted(api: Lists, since: number, bookmark: Bookmark): Promise<Order[]> {
  const orders: Order[] = []
  for await (const page of pagesOf(api, 'COMPLETED', bookmark.value)) {
    if (page.orders.every(({ createdTs }) => createdTs < since)) bookmark.value = page.token
    orders.push(...page.orders)
  }
  return orders.filter(({ createdTs }) => createdTs >= since)
}
