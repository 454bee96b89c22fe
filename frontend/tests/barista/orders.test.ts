// @vitest-environment node
import { describe, expect, it } from 'vitest'

import { ageOf, urgencyOf } from '@/barista/orders/age'
import { tagOf } from '@/barista/orders/barista-tag'
import { columnsOf, PICK_UP_MS } from '@/barista/orders/columns'
import { missingIn, newlyWaiting, withoutOld } from '@/barista/orders/known-orders'
import { moved, movesFor, MOVES, RECALL_MS, wayBack } from '@/barista/orders/moves'
import { changedOrder, isAboutShop } from '@/barista/orders/news'
import { readAll, readCompleted } from '@/barista/orders/order-lists'
import { withSubmissions, type Submissions } from '@/barista/orders/submissions'
import type { Order, OrderPage, OrderState } from '@/shared/api/contract'

import { order as someOrder } from '../fakes'

const ME = 'barista-1'

function order(orderId: string, orderState: OrderState, more: Partial<Order> = {}): Order {
  return { ...someOrder, orderId, orderState, ...more }
}

function known(...orders: Order[]) {
  return new Map(orders.map((one) => [one.orderId, one]))
}

describe('what a barista may do', () => {
  const mine = order('1', 'IN_PRODUCTION', { baristaUserId: ME })
  const anothers = order('1', 'IN_PRODUCTION', { baristaUserId: 'barista-2' })

  it('follows from the state, and from who claimed the order', () => {
    expect(movesFor(order('1', 'SUBMITTED'), ME, 5_000)).toEqual(['make', 'complete', 'cancel'])
    expect(movesFor(mine, ME, 5_000)).toEqual(['complete', 'unmake', 'cancel'])
    expect(movesFor(anothers, ME, 5_000)).toEqual(['complete', 'cancel'])
    for (const state of ['CREATED', 'CANCELLED', 'FAILED'] as const) {
      expect(movesFor(order('1', state), ME, 5_000)).toEqual([])
    }
  })

  it('calls a drink back for as long as the bar lets it', () => {
    const ready = order('1', 'COMPLETED', { baristaUserId: 'barista-2' })
    expect(movesFor(ready, ME, 1_000 + RECALL_MS - 1)).toEqual(['recall'])
    expect(movesFor(ready, ME, 1_000 + RECALL_MS)).toEqual([])
    expect(moved(ready, 'recall', ME, 5_000)).toMatchObject({
      orderState: 'IN_PRODUCTION',
      baristaUserId: ME,
    })
  })

  it('has a way back for every move but the one that was asked about', () => {
    const waiting = order('1', 'SUBMITTED')
    expect(MOVES.map((move) => wayBack(mine, move))).toEqual([
      ['unmake'],
      ['make'],
      ['recall'],
      ['complete'],
      [],
    ])
    expect(wayBack(waiting, 'complete')).toEqual(['recall', 'unmake'])
  })

  it('shows as the bar will have it', () => {
    expect(moved(order('1', 'SUBMITTED'), 'make', ME, 5_000)).toMatchObject({
      orderState: 'IN_PRODUCTION',
      baristaUserId: ME,
    })
    expect(moved(mine, 'unmake', ME, 5_000)).toMatchObject({ orderState: 'SUBMITTED', baristaUserId: null })
    expect(moved(order('1', 'SUBMITTED'), 'complete', ME, 5_000)).toMatchObject({
      orderState: 'COMPLETED',
      updatedTs: 5_000,
    })
  })

  it('shows nothing where the order went elsewhere meanwhile', () => {
    const cancelled = order('1', 'CANCELLED')
    expect(moved(cancelled, 'complete', ME, 5_000)).toBe(cancelled)
    expect(moved(anothers, 'make', ME, 5_000)).toBe(anothers)
  })
})

describe('columns', () => {
  it('have those that wait by their numbers, as the display has, and the newest of those that are ready first', () => {
    const orders = [
      order('without', 'SUBMITTED', { createdTs: 500 }),
      order('scanned first, chosen last', 'SUBMITTED', { createdTs: 1_000, orderNumber: 10 }),
      order('scanned last, chosen first', 'SUBMITTED', { createdTs: 2_000, orderNumber: 9 }),
      order('made', 'IN_PRODUCTION'),
      order('old', 'COMPLETED', { updatedTs: 3_000 }),
      order('new', 'COMPLETED', { updatedTs: 4_000 }),
      order('choosing', 'CREATED'),
      order('gone', 'CANCELLED'),
    ]
    const columns = columnsOf(orders, ME, 5_000)
    expect(columns.waiting.map(({ orderId }) => orderId)).toEqual([
      'scanned last, chosen first',
      'scanned first, chosen last',
      'without',
    ])
    expect(columns.making.map(({ orderId }) => orderId)).toEqual(['made'])
    expect(columns.ready.map(({ orderId }) => orderId)).toEqual(['new', 'old'])
  })

  it('have own work before that of others', () => {
    const made = [
      order('theirs', 'IN_PRODUCTION', { baristaUserId: 'barista-2', createdTs: 1_000 }),
      order('mine', 'IN_PRODUCTION', { baristaUserId: ME, createdTs: 2_000 }),
    ]
    expect(columnsOf(made, ME, 5_000).making.map(({ orderId }) => orderId)).toEqual(['mine', 'theirs'])
  })

  it('let go of a drink that has long been ready', () => {
    const ready = order('1', 'COMPLETED', { updatedTs: 1_000 })
    expect(columnsOf([ready], ME, 1_000 + PICK_UP_MS - 1).ready).toHaveLength(1)
    expect(columnsOf([ready], ME, 1_000 + PICK_UP_MS).ready).toHaveLength(0)
  })
})

describe('age', () => {
  it('counts from the choice, or from the scan where nobody knows; once it is ready, from then', () => {
    const times = { createdTs: 1_000, updatedTs: 8_000 }
    expect(ageOf(order('1', 'SUBMITTED', times), 9_000, 4_000)).toBe(5_000)
    expect(ageOf(order('1', 'IN_PRODUCTION', times), 9_000)).toBe(8_000)
    expect(ageOf(order('1', 'COMPLETED', times), 9_000, 4_000)).toBe(1_000)
  })

  it('of an order that was put back counts from when it was first seen waiting', () => {
    const seen = [
      order('1', 'CREATED', { updatedTs: 1_000 }),
      order('1', 'SUBMITTED', { updatedTs: 2_000 }),
      order('1', 'IN_PRODUCTION', { updatedTs: 3_000 }),
      order('1', 'SUBMITTED', { updatedTs: 4_000 }),
    ]
    const none: Submissions = new Map()
    const submissions = seen.reduce<Submissions>((before, now) => withSubmissions(before, known(now)), none)
    expect([...submissions]).toEqual([['1', 2_000]])
    expect(withSubmissions(submissions, new Map()).size).toBe(0)
  })

  it('is never below zero, whatever the clocks say', () => {
    expect(ageOf(order('1', 'SUBMITTED', { createdTs: 2_000 }), 1_000)).toBe(0)
  })

  it('is late from a third of the bar’s patience on, and overdue from two thirds on', () => {
    expect([299, 300, 599, 600].map((age) => urgencyOf(age, 900))).toEqual([
      'calm',
      'late',
      'late',
      'overdue',
    ])
  })
})

describe('what is known', () => {
  it('forgets what ended long ago, and nothing that is on its way', () => {
    const orders = known(
      order('1', 'COMPLETED'),
      order('2', 'SUBMITTED'),
      order('3', 'FAILED', { updatedTs: 9_000 }),
    )
    expect([...withoutOld(orders, 5_000).keys()]).toEqual(['2', '3'])
  })

  it('misses what was on its way and is in no list any more', () => {
    const orders = known(order('1', 'SUBMITTED'), order('2', 'IN_PRODUCTION'), order('3', 'COMPLETED'))
    expect(missingIn([order('2', 'IN_PRODUCTION')], orders)).toEqual(['1'])
  })

  it('is news where an order begins to wait, not where it is put back', () => {
    const before = known(
      order('put-back', 'IN_PRODUCTION'),
      order('chosen', 'CREATED'),
      order('there', 'SUBMITTED'),
    )
    const now = known(...['put-back', 'chosen', 'there', 'unheard-of'].map((id) => order(id, 'SUBMITTED')))
    expect(newlyWaiting(before, now).map(({ orderId }) => orderId)).toEqual(['chosen', 'unheard-of'])
  })
})

describe('messages', () => {
  it('that change an order on the board name it; one of an unknown type does as well', () => {
    const detail = { orderId: '1' }
    expect(changedOrder({ type: 'OrderManager.MakeOrder', detail })).toBe('1')
    expect(changedOrder({ type: 'Somebody.NewThing', detail })).toBe('1')
    expect(changedOrder({ type: 'Validator.NewOrder', detail })).toBeNull()
    expect(changedOrder({ type: 'ConfigService.ConfigChanged', detail: {} })).toBeNull()
    expect(isAboutShop({ type: 'ConfigService.ConfigChanged', detail: {} })).toBe(true)
  })
})

/** A list of as many pages; the token of each is its place. */
function pages(...contents: Order[][]) {
  const asked: (string | undefined)[] = []
  const orders = async (_: OrderState, { nextToken }: { nextToken?: string } = {}): Promise<OrderPage> => {
    asked.push(nextToken)
    const place = Number(nextToken ?? 0)
    const following = place + 1 < contents.length ? (place + 1).toString() : null
    return { orders: contents[place] ?? [], nextToken: following }
  }
  return { api: { orders }, asked }
}

describe('lists', () => {
  const at = (createdTs: number) => order(createdTs.toString(), 'COMPLETED', { createdTs })

  it('are read to their last page', async () => {
    const { api } = pages([at(1)], [], [at(2), at(3)])
    expect((await readAll(api, 'SUBMITTED')).map(({ orderId }) => orderId)).toEqual(['1', '2', '3'])
  })

  it('of completed orders are not read again where all is too old', async () => {
    const { api, asked } = pages([at(1)], [at(2)], [at(10)])
    const bookmark = { value: null }
    expect((await readCompleted(api, 5, bookmark)).map(({ orderId }) => orderId)).toEqual(['10'])
    expect(asked).toEqual([undefined, '1', '2'])
    expect((await readCompleted(api, 5, bookmark)).map(({ orderId }) => orderId)).toEqual(['10'])
    expect(asked.slice(3)).toEqual(['1', '2'])
  })
})

it('a barista has a short name of one’s own, always the same', () => {
  const tags = ['8b3d2e8e-1c1f-4c0e-9c55-0c1f7f2a7f10', '8b3d2e8e-1c1f-4c0e-9c55-0c1f7f2a7f11', ''].map(tagOf)
  for (const tag of tags) expect(tag).toMatch(/^[0-9A-F]{2}$/)
  expect(tags[0]).not.toBe(tags[1])
  expect(tagOf('8b3d2e8e-1c1f-4c0e-9c55-0c1f7f2a7f10')).toBe(tags[0])
})
