// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'
import { computed, ref } from 'vue'

import type { BegunScan } from '@/order/orders/begun-scan'
import { redeem } from '@/order/orders/redeeming'
import type { Api } from '@/shared/api/api'
import type { Order } from '@/shared/api/contract'
import { Problem } from '@/shared/api/problems'

import { order } from '../fakes'

const SCAN = { eventId: 'ABC', code: 'a1B2-c3D_4' }

/** @param after - the live orders that a reading after the scan finds. */
function customer(before: Order[], after: Order[], answer: Api['redeem'], begun: BegunScan | null = null) {
  const live = ref(before)
  const scan = ref(begun)
  const refresh = async () => void (live.value = after)
  const api = { redeem: vi.fn(answer) }
  const orders = { live: computed(() => live.value), refresh }
  return { api, scan, redeem: () => redeem(SCAN, api, orders, scan) }
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

  it('is remembered until the bar answers, whatever it answers', async () => {
    const { redeem, scan } = customer([order], [], async () => {
      expect(scan.value).toEqual({ ...SCAN, before: ['order-1'] })
      throw new Problem(409, 'BarFull', 'full')
    })
    await expect(redeem()).rejects.toMatchObject({ code: 'BarFull' })
    expect(scan.value).toBeNull()
  })

  it('is not forgotten where no answer came, so that the next try looks first', async () => {
    const { redeem, scan } = customer([order], [order], refused('Unreachable'))
    await expect(redeem()).rejects.toMatchObject({ code: 'Unreachable' })
    expect(scan.value).toEqual({ ...SCAN, before: ['order-1'] })
  })

  it('is not spent twice by who loads the page again before the bar has answered', async () => {
    const made = { ...order, orderId: 'order-2' }
    const begun = { ...SCAN, before: ['order-1'] }
    const { redeem, api, scan } = customer([order], [made, order], refused('BarFull'), begun)
    expect(await redeem()).toEqual({ orderId: 'order-2', isLimit: false })
    expect(api.redeem).not.toHaveBeenCalled()
    expect(scan.value).toBeNull()
  })

  it('that never reached the bar before the page was loaded again is redeemed then', async () => {
    vi.useFakeTimers()
    const begun = { ...SCAN, before: ['order-1'] }
    const { redeem, api } = customer([order], [order], async () => 'order-2', begun)
    const redeemed = redeem()
    await vi.runAllTimersAsync()
    expect(await redeemed).toEqual({ orderId: 'order-2', isLimit: false })
    expect(api.redeem).toHaveBeenCalledOnce()
    vi.useRealTimers()
  })

  it('of another shop or code is no scan that was begun', async () => {
    const { redeem, api } = customer([], [order], async () => 'order-3', {
      ...SCAN,
      code: 'another',
      before: [],
    })
    expect(await redeem()).toEqual({ orderId: 'order-3', isLimit: false })
    expect(api.redeem).toHaveBeenCalledOnce()
  })

  it.each(['NoTokensRemaining', 'BarFull', 'ShopClosed', 'InvalidCode'])(
    'Q45: that is refused with %s says so',
    async (code) => {
      const { redeem } = customer([], [order], refused(code))
      await expect(redeem()).rejects.toMatchObject({ code })
    },
  )
})
