/** The bar's routes as functions. Each throws a `Problem` when the bar says no or no answer came. */
import type { KyInstance, Options } from 'ky'
import * as v from 'valibot'

import {
  AdminConfig,
  Bucket,
  Insights,
  Order,
  OrderPage,
  Queue,
  ShopConfig,
  StoreState,
  type Choice,
  type Limits,
  type MenuItem,
  type OrderState,
} from './contract'
import { problemOf } from './problems'

export type Api = ReturnType<typeof createApi>

/** Which part of a long list. */
export interface PageOf {
  maxItems?: number
  nextToken?: string
}

const UNTIL_THE_BAR_ASKS = 15 // tries, a second apart: the workflow asks for the drink shortly after the scan

/** @param eventId - the shop that all of it is about. */
export function createApi(http: KyInstance, eventId: string) {
  async function call<T extends v.GenericSchema>(
    shape: T,
    path: string,
    options: Options,
  ): Promise<v.InferOutput<T>> {
    try {
      return v.parse(shape, await http(path, options).json())
    } catch (error) {
      throw await problemOf(error)
    }
  }
  const shop = { eventId }
  const act = (orderId: string, action: string, options: Options = {}) =>
    call(Order, orderPath(orderId), { ...options, method: 'put', searchParams: { action } })

  return {
    config: () => call(ShopConfig, 'config', { searchParams: shop }),
    adminConfig: () => call(AdminConfig, 'admin-config', { searchParams: shop }),
    setOpen: (open: boolean) =>
      call(StoreState, 'store', {
        method: 'put',
        searchParams: { ...shop, state: open ? 'open' : 'closed' },
      }),
    setMenu: (menu: MenuItem[]) =>
      call(AdminConfig, 'menu', { method: 'put', searchParams: shop, json: { menu } }),
    setLimits: (limits: Partial<Limits>) =>
      call(AdminConfig, 'limits', { method: 'put', searchParams: shop, json: limits }),

    /** The code on the display now. */
    bucket: async () => (await call(v.object({ bucket: Bucket }), 'qr-code', { searchParams: shop })).bucket,
    /** Turns a scanned code into an order and gives its id. Not repeated by itself: each success spends a token. */
    redeem: async (code: string, at = eventId) => {
      const searchParams = { eventId: at, token: code }
      return (await call(v.object({ orderId: v.string() }), 'qr-code', { method: 'post', searchParams }))
        .orderId
    },

    order: (orderId: string) => call(Order, orderPath(orderId), {}),
    /** The shop's orders in one state, oldest first. */
    orders: (state: OrderState, page: PageOf = {}) =>
      call(OrderPage, 'orders', { searchParams: { ...shop, state, ...page } }),
    /** The caller's own orders, newest first. */
    myOrders: (page: PageOf = {}) => call(OrderPage, 'myOrders', { searchParams: { ...page } }),
    submit: (orderId: string, choice: Choice) =>
      act(orderId, 'submit', { json: choice, retry: { limit: UNTIL_THE_BAR_ASKS } }),
    make: (orderId: string) => act(orderId, 'make'),
    unmake: (orderId: string) => act(orderId, 'unmake'),
    complete: (orderId: string) => act(orderId, 'complete'),
    /** Calls a drink that is ready back; waits for the order's workflow, which may be about to end. */
    recall: (orderId: string) => act(orderId, 'recall', { retry: { limit: UNTIL_THE_BAR_ASKS } }),
    cancel: (orderId: string) => act(orderId, 'cancel'),

    /** Where the order's story can be read, for an hour. */
    journeyUrl: async (orderId: string) =>
      (await call(v.object({ url: v.string() }), `journeys/${encodeURIComponent(orderId)}`, {})).url,
    /** How long a drink takes that is ordered now; or how far the order is. */
    queue: (orderId = '') => call(Queue, 'queue', { searchParams: { ...shop, orderId } }),
    insights: () => call(Insights, 'insights', { searchParams: shop }),
  }
}

function orderPath(orderId: string): string {
  return `orders/${encodeURIComponent(orderId)}`
}
