// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'

import { afterMessage, afterReading, preparing, ready, type Board } from '@/display/orders/board'
import { createFinishedOrders } from '@/display/orders/finished-orders'
import type { Api } from '@/shared/api/api'
import { READY_FOR_MS } from '@/shared/ready-for'
import type { Order } from '@/shared/api/contract'
import { Problem } from '@/shared/api/problems'

import { order } from './fakes'

const NOW = 100_000_000
const EMPTY: Board = new Map()

function anOrder(orderNumber: number | null, orderState: Order['orderState'], updatedTs = NOW): Order {
  return { ...order, orderId: `order-${String(orderNumber)}`, orderNumber, orderState, updatedTs }
}

function told(type: string, orderNumber: number | null, at: number, more: Record<string, unknown> = {}) {
  return { type, detail: { orderId: `order-${String(orderNumber)}`, orderNumber, at, ...more } }
}

const numbers = (shown: { orderNumber: number }[]) => shown.map(({ orderNumber }) => orderNumber)

describe('a reading', () => {
  it('puts the orders on the board, those without a number not yet', () => {
    const orders = [
      anOrder(9, 'SUBMITTED'),
      anOrder(7, 'IN_PRODUCTION'),
      anOrder(null, 'SUBMITTED'),
      anOrder(3, 'COMPLETED'),
    ]
    const board = afterReading(EMPTY, orders, 0)
    expect(preparing(board).map(({ orderNumber, stage }) => [orderNumber, stage])).toEqual([
      [7, 'making'],
      [9, 'queued'],
    ])
    expect(numbers(ready(board, NOW))).toEqual([3])
  })

  it('takes off the board what was missed', () => {
    const before = afterReading(EMPTY, [anOrder(1, 'SUBMITTED'), anOrder(2, 'SUBMITTED')], 0)
    expect(numbers(preparing(afterReading(before, [anOrder(2, 'SUBMITTED')], 0)))).toEqual([2])
  })

  it('does not undo what was heard while it ran', () => {
    const heard = afterMessage(EMPTY, told('OrderManager.OrderCompleted', 4, NOW), 5000)
    const stale = [anOrder(4, 'IN_PRODUCTION', NOW - 60_000)]
    expect(numbers(ready(afterReading(heard, stale, 4000), NOW))).toEqual([4])
    expect(numbers(preparing(afterReading(heard, stale, 6000)))).toEqual([4])
  })

  it('of an order that moved between its lists takes the later state', () => {
    const board = afterReading(EMPTY, [anOrder(5, 'IN_PRODUCTION', NOW), anOrder(5, 'SUBMITTED', NOW - 1)], 0)
    expect(preparing(board).map(({ stage }) => stage)).toEqual(['making'])
  })
})

describe('a message', () => {
  it('moves an order through its stages', () => {
    let board = afterMessage(EMPTY, told('OrderManager.WaitingCompletion', 8, 1), 0)
    expect(preparing(board)[0]?.stage).toBe('queued')
    board = afterMessage(board, told('OrderManager.MakeOrder', 8, 2, { baristaUserId: 'bo' }), 0)
    expect(preparing(board)[0]?.stage).toBe('making')
    board = afterMessage(board, told('OrderManager.MakeOrder', 8, 3, { baristaUserId: '' }), 0)
    expect(preparing(board)[0]?.stage).toBe('queued')
    board = afterMessage(board, told('OrderManager.OrderCompleted', 8, NOW), 0)
    expect([preparing(board), numbers(ready(board, NOW))]).toEqual([[], [8]])
  })

  it.each(['OrderManager.OrderCancelled', 'OrderManager.OrderFailed', 'OrderProcessor.OrderTimeOut'])(
    '%s takes the order off',
    (type) => {
      const board = afterReading(EMPTY, [anOrder(8, 'SUBMITTED')], 0)
      expect(preparing(afterMessage(board, told(type, 8, NOW + 1), 0))).toEqual([])
    },
  )

  it('that comes late or twice brings nothing back', () => {
    const done = afterMessage(EMPTY, told('OrderManager.OrderCompleted', 8, 5), 0)
    expect(afterMessage(done, told('OrderManager.OrderCompleted', 8, 5), 9)).toBe(done)
    expect(afterMessage(done, told('OrderManager.MakeOrder', 8, 4, { baristaUserId: 'bo' }), 9)).toBe(done)
    expect(afterMessage(done, told('OrderProcessor.WaitingCompletion', 8, 6), 9)).toBe(done)
  })

  it('of a recall brings a drink that was ready back to those that are made, and nothing else does', () => {
    const done = afterMessage(EMPTY, told('OrderManager.OrderCompleted', 8, 5), 0)
    let board = afterMessage(done, told('OrderManager.OrderRecalled', 8, 6), 0)
    board = afterMessage(board, told('OrderProcessor.WaitingCompletion', 8, 7), 0)
    board = afterMessage(
      board,
      told('OrderManager.WaitingCompletion', 8, 8, { orderState: 'IN_PRODUCTION' }),
      0,
    )
    expect(preparing(board).map(({ stage }) => stage)).toEqual(['making'])
    expect(afterMessage(board, told('OrderManager.OrderCompleted', 8, 5), 0)).toBe(board)
  })

  it('names the drink, which stays known', () => {
    const drinkOrder = { drink: 'Flat White', modifiers: [] }
    let board = afterMessage(EMPTY, told('OrderManager.WaitingCompletion', 8, 1, { drinkOrder }), 0)
    board = afterMessage(board, told('OrderManager.MakeOrder', 8, 2, { baristaUserId: 'bo' }), 0)
    expect(preparing(board)[0]?.drink).toBe('Flat White')
  })

  it('without a number leaves the order its own', () => {
    const board = afterReading(EMPTY, [anOrder(8, 'SUBMITTED')], 0)
    const completed = {
      type: 'OrderManager.OrderCompleted',
      detail: { orderId: 'order-8', orderNumber: null, at: NOW },
    }
    expect(numbers(ready(afterMessage(board, completed, 0), NOW))).toEqual([8])
  })

  it.each([
    { type: 'OrderManager.OrderCompleted', detail: {} },
    { type: 'OrderManager.OrderCompleted', detail: { orderId: 'order-1' } },
    { type: 'Something.New', detail: { orderId: 'order-1', at: 1 } },
  ])('that nobody understands changes nothing (%j)', (message) => {
    expect(afterMessage(EMPTY, message, 0)).toBe(EMPTY)
  })
})

it('ready orders leave after a while, the latest stands first', () => {
  const orders = [
    anOrder(1, 'COMPLETED', NOW - READY_FOR_MS),
    anOrder(2, 'COMPLETED', NOW - 5),
    anOrder(3, 'COMPLETED', NOW - 9),
  ]
  expect(numbers(ready(afterReading(EMPTY, orders, 0), NOW))).toEqual([2, 3])
})

describe('the finished orders', () => {
  const HOUR = 3_600_000

  /** A bar that completed one order a minute until `NOW`, in pages of `size`. */
  function bar(count: number, size = 100) {
    const all = Array.from({ length: count }, (_, index) => ({
      ...anOrder(index, 'COMPLETED', NOW - (count - index) * 60_000),
      createdTs: NOW - (count - index) * 60_000,
    }))
    const orders = vi.fn<Api['orders']>(async (_, { nextToken = '0' } = {}) => {
      const end = Number(nextToken) + size
      return { orders: all.slice(Number(nextToken), end), nextToken: end < count ? end.toString() : null }
    })
    return {
      orders,
      read: createFinishedOrders(
        { orders },
        () => NOW,
        () => HOUR / 3,
      ),
    }
  }

  it('are those of the last minutes, however many there are before them', async () => {
    const { read } = bar(950)
    expect(numbers((await read()) as { orderNumber: number }[])).toEqual([
      941, 942, 943, 944, 945, 946, 947, 948, 949,
    ])
  })

  it('are not looked for again where they cannot be', async () => {
    const { orders, read } = bar(950)
    await read()
    expect(orders).toHaveBeenCalledTimes(10)
    orders.mockClear()
    expect(await read()).toHaveLength(9)
    expect(orders.mock.calls.map(([, page]) => page?.nextToken)).toEqual(['800', '900'])
  })

  it('are looked for from the beginning where the bar has forgotten the place', async () => {
    const { orders, read } = bar(950)
    await read()
    orders.mockRejectedValueOnce(new Problem(400, 'Invalid', 'nextToken is not one that this API gave'))
    await expect(read()).rejects.toThrow('nextToken')
    expect(await read()).toHaveLength(9)
  })
})
