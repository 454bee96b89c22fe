// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'

import { createMyOrders } from '@/order/orders/my-orders'
import type { Api } from '@/shared/api/api'
import type { Order } from '@/shared/api/contract'
import { Problem } from '@/shared/api/problems'

import { order } from '../fakes'

const ended: Order = { ...order, orderState: 'COMPLETED', updatedTs: 9000 }

function bar(...pages: [Order[], string | null][]) {
  const myOrders = vi.fn<Api['myOrders']>(async () => {
    const [orders, nextToken] = pages.shift() ?? [[], null]
    return { orders, nextToken }
  })
  const read = vi.fn<Api['order']>(async () => order)
  return { myOrders, order: read, orders: createMyOrders({ myOrders, order: read }) }
}

describe("a customer's orders", () => {
  it('are unknown before the bar has answered, which is not the same as none', async () => {
    const { orders } = bar([[], null])
    expect(orders.list.value).toBeNull()
    await orders.refresh()
    expect(orders.list.value).toEqual([])
  })

  it('are never older than what was known: readings overtake each other', async () => {
    const { orders } = bar()
    orders.keep(ended)
    orders.keep({ ...order, orderState: 'SUBMITTED', updatedTs: 5000 })
    expect(orders.known.value.get('order-1')).toBe(ended)
  })

  it('are read by id as well while they are live, since the list may lag behind', async () => {
    const shown = bar([[{ ...order, orderState: 'SUBMITTED' }], null])
    shown.order.mockResolvedValue(ended)
    await shown.orders.refresh()
    expect(shown.orders.list.value).toEqual([ended])
    expect(shown.orders.live.value).toEqual([])
  })

  it('stay while the bar cannot be reached, and the problem is known until it can', async () => {
    const { orders, myOrders } = bar([[ended], null])
    await orders.refresh()
    myOrders.mockRejectedValueOnce(new Problem(0, 'Unreachable', 'no answer'))
    await orders.refresh()
    expect(orders.problem.value?.code).toBe('Unreachable')
    expect(orders.list.value).toEqual([ended])
    await orders.refresh()
    expect(orders.problem.value).toBeNull()
  })

  it('are read page by page, and a newer reading does not begin the pages anew', async () => {
    const older: Order = { ...ended, orderId: 'older', createdTs: 1 }
    const { orders, myOrders } = bar([[ended], 'two'], [[ended], 'two'], [[older], null])
    await orders.refresh()
    await orders.refresh()
    await orders.readOlder()
    expect(myOrders.mock.lastCall?.[0]).toMatchObject({ nextToken: 'two' })
    expect(orders.list.value).toEqual([ended, older])
    expect(orders.hasOlder.value).toBe(false)
    await orders.readOlder()
    expect(myOrders).toHaveBeenCalledTimes(3)
  })
})
