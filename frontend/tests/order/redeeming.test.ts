// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'
import { computed, ref } from 'vue'

import { redeem } from '@/order/orders/redeeming'
import type { Api } from '@/shared/api/api'
import type { Order } from '@/shared/api/contract'
import { Problem } from '@/shared/api/problems'

import { order } from '../fakes'

const SCAN = { eventId: 'ABC', code: 'a1B2-c3D_4' }

/** @param after - the live orders that a reading after the scan finds. */
function customer(before: Order[], after: Order[], answer: Api['redeem']) {
  const live = ref(before)
  const refresh = async () => void (live.value = after)
  const api = { redeem: vi.fn(answer) }
  return { api, redeem: () => redeem(SCAN, api, { live: computed(() => live.value), refresh }) }
}

const refused = (code: string) => async () => {
  throw new Problem(code === 'Unreachable' ? 0 : 409, code, code)
}

describe('a scanned code', () => {
  it('becomes an order', async () => {
    const { redeem, api } = customer([], [], async () => 'order-1')
    expect(await redeem()).toEqual({ orderId: 'order-1', isLimit: false })
    expect(api.redeem).toHaveBeenCalledExactlyOnceWith(SCAN.code, 'ABC')
  })

  it('leads to the live order of somebody who may have no other', async () => {
    const { redeem } = customer([], [order], refused('OrderLimitReached'))
    expect(await redeem()).toEqual({ orderId: 'order-1', isLimit: true })
  })

  it('is not spent twice when the answer was lost: the order that it made is found', async () => {
    const made = { ...order, orderId: 'order-2' }
    const { redeem, api } = customer([order], [made, order], refused('Unreachable'))
    expect(await redeem()).toEqual({ orderId: 'order-2', isLimit: false })
    expect(api.redeem).toHaveBeenCalledTimes(1)
  })

  it('that did not reach the bar is a problem, not an order from before', async () => {
    const { redeem } = customer([order], [order], refused('Unreachable'))
    await expect(redeem()).rejects.toMatchObject({ code: 'Unreachable' })
  })

  it.each(['NoTokensRemaining', 'BarFull', 'ShopClosed', 'InvalidCode'])(
    'Q45: that is refused with %s says so',
    async (code) => {
      const { redeem } = customer([], [order], refused(code))
      await expect(redeem()).rejects.toMatchObject({ code })
    },
  )
})
