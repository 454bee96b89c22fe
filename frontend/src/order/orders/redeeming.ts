/** Turns a scanned code into an order, once, whatever becomes of the answer. */
import { promiseTimeout } from '@vueuse/core'
import type { Ref } from 'vue'

import type { Api } from '@/shared/api/api'
import { Problem, problemOf } from '@/shared/api/problems'
import type { Scan } from '@/shared/scan-link'

import type { BegunScan } from './begun-scan'
import type { MyOrders } from './my-orders'

export interface Redeemed {
  orderId: string
  /** Whether the customer has no more orders to place, so that this is one from before. */
  isLimit: boolean
}

type Orders = Pick<MyOrders, 'live' | 'refresh'>

const LOOKS = 4
const LOOK_EVERY_MS = 1_500

/**
 * @param orders - what the customer had before; must be read already.
 * @param begun - the scan that this tab is about, where the bar has not answered yet: the network or the page went away.
 * @throws Problem when there is no order to go to.
 */
export async function redeem(
  scan: Scan,
  api: Pick<Api, 'redeem'>,
  orders: Orders,
  begun: Ref<BegunScan | null>,
): Promise<Redeemed> {
  const earlier = begun.value?.code === scan.code && begun.value.eventId === scan.eventId ? begun.value : null
  const before = earlier?.before ?? orders.live.value.map(({ orderId }) => orderId)
  begun.value = { ...scan, before }
  try {
    const orderId = earlier && (await madeMeanwhile(orders, before))
    const done = orderId === null ? await redeemed(scan, api, orders, before) : { orderId, isLimit: false }
    begun.value = null
    return done
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'Unreachable') begun.value = null
    throw error
  }
}

async function redeemed(
  { eventId, code }: Scan,
  api: Pick<Api, 'redeem'>,
  orders: Orders,
  before: readonly string[],
): Promise<Redeemed> {
  try {
    return { orderId: await api.redeem(code, eventId), isLimit: false }
  } catch (error) {
    const problem = await problemOf(error)
    if (problem.code !== 'Unreachable' && problem.code !== 'OrderLimitReached') throw problem
    await orders.refresh()
    const isLimit = problem.code === 'OrderLimitReached'
    // The answer may be lost though the order was made.
    const orderId = newestBut(isLimit ? [] : before, orders)
    if (orderId === null) throw problem
    return { orderId, isLimit }
  }
}

/** The order that a scan of before the reload makes, where it reached the bar: that may take as long as the scan itself. */
async function madeMeanwhile(orders: Orders, before: readonly string[]): Promise<string | null> {
  for (let look = 0; look < LOOKS; look += 1) {
    if (look > 0) await promiseTimeout(LOOK_EVERY_MS)
    await orders.refresh()
    const made = newestBut(before, orders)
    if (made !== null) return made
  }
  return null
}

function newestBut(before: readonly string[], { live }: Orders): string | null {
  return live.value.find(({ orderId }) => !before.includes(orderId))?.orderId ?? null
}
