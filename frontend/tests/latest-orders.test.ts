// @vitest-environment node
import { describe, expect, it } from 'vitest'

import type { Order } from '@/shared/api/contract'
import { withLater } from '@/shared/latest-orders'

import { order } from './fakes'

const [older, newer]: [Order, Order] = [
  { ...order, orderState: 'SUBMITTED', updatedTs: 1_000 },
  { ...order, orderState: 'IN_PRODUCTION', updatedTs: 2_000 },
]

describe('what is known of an order', () => {
  it('is the later of two tellings, in whichever order they come', () => {
    for (const told of [
      [older, newer],
      [newer, older],
    ]) {
      const oneByOne = told.reduce((known, one) => withLater(known, [one]), withLater(new Map(), []))
      expect(oneByOne.get(order.orderId)).toBe(newer)
      expect(withLater(new Map(), told).get(order.orderId)).toBe(newer)
    }
  })

  it('is the last telling of those of the same moment', () => {
    const again = { ...newer, orderNumber: 7 }
    expect(withLater(withLater(new Map(), [newer]), [again]).get(order.orderId)).toBe(again)
  })

  it('leaves what was known before as it was', () => {
    const before = withLater(new Map(), [older])
    withLater(before, [newer])
    expect(before.get(order.orderId)).toBe(older)
  })
})
