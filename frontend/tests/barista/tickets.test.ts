// @vitest-environment node
import { describe, expect, it } from 'vitest'

import { allDay } from '@/barista/orders/all-day'
import { densityFor } from '@/barista/orders/density'
import { movedKeys } from '@/barista/orders/settling'
import { createUndos, UNDO_MS } from '@/barista/orders/undos'
import type { Order } from '@/shared/api/contract'

import { order } from '../fakes'

const latte = (orderId: string, more: Partial<Order> = {}): Order => ({
  ...order,
  orderId,
  orderState: 'SUBMITTED',
  drinkOrder: { drink: 'Latte', modifiers: ['Oat'], icon: '' },
  ...more,
})

describe('all-day counts', () => {
  it('are of what waits and is being made, by drink and options, the most wanted first', () => {
    const espresso = { drinkOrder: { drink: 'Espresso', modifiers: [], icon: '' } }
    const orders = [
      latte('1', espresso),
      latte('2'),
      latte('3', { orderState: 'IN_PRODUCTION' }),
      latte('4', { orderState: 'COMPLETED' }),
    ]
    expect(allDay(orders)).toEqual([
      { name: 'Latte, Oat', count: 2 },
      { name: 'Espresso', count: 1 },
    ])
  })
})

describe('tickets', () => {
  const tablet = { width: 1148, height: 590 }

  it.each([
    [6, 'roomy'],
    [20, 'snug'],
    [34, 'dense'],
    [340, 'dense'],
  ])('%i of them are %s on a tablet', (count, density) => {
    expect(densityFor(count, tablet)).toBe(density)
  })

  it('are roomy on a phone, however many they are', () => {
    expect(densityFor(34, { width: 328, height: 400 })).toBe('roomy')
  })

  it('that came to another place have moved, and none that only got neighbours', () => {
    expect(movedKeys(['a', 'b', 'c'], ['a', 'b', 'c', 'd'])).toEqual(['d'])
    expect(movedKeys(['a', 'b', 'c'], ['a', 'c'])).toEqual(['c'])
    expect(movedKeys(['a'], ['a'])).toEqual([])
  })
})

describe('what can be undone', () => {
  it('is each order once, the latest last, until it is too late', () => {
    let now = 0
    const { offered, offer, drop } = createUndos(() => now)
    offer(latte('1'), 'make')
    offer(latte('1'), 'complete')
    offer(latte('2'), 'make')
    const moves = () => offered.value.map((undo) => [undo.order.orderId, undo.move])
    expect(moves()).toEqual([
      ['1', 'complete'],
      ['2', 'make'],
    ])
    now = UNDO_MS
    offer(latte('3'), 'make')
    expect(moves()).toEqual([['3', 'make']])
    if (offered.value[0]) drop(offered.value[0])
    expect(moves()).toEqual([])
  })

  it('is nothing of an order that is about to move on', () => {
    const { offered, offer, withdraw } = createUndos(() => 0)
    offer(latte('1'), 'make')
    offer(latte('2'), 'make')
    withdraw('1')
    expect(offered.value.map((undo) => undo.order.orderId)).toEqual(['2'])
  })

  it('is no cancelling, which also takes back what was offered of that order', () => {
    const { offered, offer } = createUndos(() => 0)
    offer(latte('1'), 'make')
    offer(latte('1'), 'cancel')
    expect(offered.value).toEqual([])
  })
})
