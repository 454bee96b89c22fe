import { enableAutoUnmount, flushPromises } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'

import OrderPlace from '@/order/components/OrderPlace.vue'
import type { Order } from '@/shared/api/contract'

import { order } from '../fakes'
import { fakeBar, mountWithBar } from '../mounting'

enableAutoUnmount(afterEach)

async function place(orderState: Order['orderState'], ahead: number, waitSeconds: number | null) {
  const queue = async () => ({ ahead, waitSeconds, secondsPerDrink: null, barFull: false })
  const shown = mountWithBar(OrderPlace, fakeBar({ api: { queue } }), { order })
  await shown.setProps({ order: { ...order, orderState, updatedTs: order.updatedTs + 1 } }) // at which it is read
  await flushPromises()
  return shown
}

it.each([
  ['SUBMITTED', 2, 61, '2 orders are before yours. Ready in about 2 minutes.'],
  ['SUBMITTED', 0, null, 'You are next.'],
  ['IN_PRODUCTION', 0, 30, 'Ready in about 1 minute.'],
] as const)('of %s with %s before and %s s to wait says: %s', async (state, ahead, waitSeconds, says) => {
  const shown = await place(state, ahead, waitSeconds)
  expect(shown.text().replaceAll(/\s+/g, ' ')).toBe(says)
})

it('is not there where it has nothing to say', async () => {
  const shown = await place('IN_PRODUCTION', 0, null)
  expect(shown.find('p').exists()).toBe(false)
})
