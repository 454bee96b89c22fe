// @vitest-environment node
import { describe, expect, it } from 'vitest'

import {
  changedOrders,
  chooseUntil,
  isFresh,
  mayCancel,
  nextCodeTs,
  orderToShow,
} from '@/order/orders/order-rules'
import type { Order } from '@/shared/api/contract'

import { order } from '../fakes'

const MINUTE = 60_000

function made(orderId: string, changes: Partial<Order>): Order {
  return { ...order, orderId, ...changes }
}

describe('the order that somebody comes to the page for', () => {
  it('is the one whose time to choose runs, before any other that is live', () => {
    const choosing = made('choosing', { createdTs: 1, orderState: 'CREATED' })
    const queued = made('queued', { createdTs: 2, orderState: 'SUBMITTED' })
    expect(orderToShow([queued, choosing], 0)).toBe(choosing)
  })

  it('is the newest live one, though an older one has just ended', () => {
    const ready = made('ready', { createdTs: 1, orderState: 'COMPLETED' })
    const queued = made('queued', { createdTs: 2, orderState: 'SUBMITTED' })
    expect(orderToShow([ready, queued], 2)).toBe(queued)
  })

  it('is the last one while it may still stand on the counter, and none later', () => {
    const ready = made('ready', { orderState: 'COMPLETED', updatedTs: 1000 })
    expect(orderToShow([ready], 1000 + 9 * MINUTE)).toBe(ready)
    expect(orderToShow([ready], 1000 + 10 * MINUTE)).toBeNull()
  })

  it('is none that the customer called off', () => {
    const off = made('off', { orderState: 'CANCELLED', reason: 'Cancelled by customer' })
    expect(orderToShow([off], off.updatedTs)).toBeNull()
    expect(orderToShow([], 0)).toBeNull()
  })
})

it('a live order is never fresh: only an end can be', () => {
  expect(isFresh(made('making', { orderState: 'IN_PRODUCTION' }), order.updatedTs)).toBe(false)
})

it('a customer may cancel until the drink is being made', () => {
  const states = ['CREATED', 'SUBMITTED', 'IN_PRODUCTION', 'COMPLETED', 'CANCELLED', 'FAILED'] as const
  expect(states.filter((orderState) => mayCancel({ orderState }))).toEqual(['CREATED', 'SUBMITTED'])
})

it('the time to choose is that of the shop, from the scan on', () => {
  expect(chooseUntil({ createdTs: 1000 }, 300)).toBe(301_000)
})

it('only what was known before and is in another state now has changed', () => {
  const known = (...orders: Order[]) => new Map(orders.map((one) => [one.orderId, one]))
  const queued = made('a', { orderState: 'SUBMITTED' })
  const ready = made('a', { orderState: 'COMPLETED' })
  expect(changedOrders(known(queued), known(ready, made('new', {})))).toEqual([ready])
  expect(changedOrders(known(queued), known({ ...queued, orderNumber: 7 }))).toEqual([])
})

it('codes change with each five minutes of the clock', () => {
  expect(nextCodeTs(0)).toBe(5 * MINUTE)
  expect(nextCodeTs(5 * MINUTE - 1)).toBe(5 * MINUTE)
  expect(nextCodeTs(5 * MINUTE)).toBe(10 * MINUTE)
})
