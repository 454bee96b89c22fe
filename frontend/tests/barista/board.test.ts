// @vitest-environment node
import { expect, it, vi } from 'vitest'

import { createBoard, type BoardOptions } from '@/barista/orders/board'
import type { Order, OrderState } from '@/shared/api/contract'
import { Problem } from '@/shared/api/problems'

import { order as someOrder } from '../fakes'

const ME = 'barista-1'
const waiting: Order = { ...someOrder, orderState: 'SUBMITTED', orderNumber: 7 }
const making: Order = { ...waiting, orderState: 'IN_PRODUCTION', baristaUserId: ME, updatedTs: 2_000 }
const anothers: Order = { ...making, baristaUserId: 'barista-2' }

/** A board at a bar that holds these orders. */
function board(orders: Order[], api: Partial<BoardOptions['api']> = {}) {
  const unexpected = async () => {
    throw new Error('the test did not expect this')
  }
  return createBoard({
    api: {
      orders: async (state: OrderState) => ({
        orders: orders.filter(({ orderState }) => orderState === state),
        nextToken: null,
      }),
      order: unexpected,
      make: unexpected,
      unmake: unexpected,
      complete: unexpected,
      recall: unexpected,
      cancel: unexpected,
      ...api,
    },
    me: ME,
    now: () => 3_000,
    longestLife: () => 60_000,
  })
}

it('a move shows at once, and stays when the bar agrees', async () => {
  let answer: (order: Order) => void = () => undefined
  const { move, refresh, shown, known, isMoving } = board([waiting], {
    make: () => new Promise((resolve) => (answer = resolve)),
  })
  await refresh()
  const moving = move(waiting, 'make')
  expect(shown.value.get('order-1')).toMatchObject({ orderState: 'IN_PRODUCTION', baristaUserId: ME })
  expect(known.value.get('order-1')).toEqual(waiting)
  expect(isMoving('order-1')).toBe(true)
  answer(making)
  expect(await moving).toBeNull()
  expect(shown.value.get('order-1')).toEqual(making)
  expect(isMoving('order-1')).toBe(false)
})

it('a move that the bar refuses is taken back: the order goes where it truly is', async () => {
  const { move, refresh, shown } = board([waiting], {
    make: async () => {
      throw new Problem(409, 'AlreadyClaimed', 'another barista is making this order')
    },
    order: async () => anothers,
  })
  await refresh()
  expect(await move(waiting, 'make')).toMatchObject({ code: 'AlreadyClaimed' })
  expect(shown.value.get('order-1')).toEqual(anothers)
})

it('a move that nobody answers is taken back to where the order was', async () => {
  const { move, refresh, shown } = board([waiting], {
    complete: async () => {
      throw new Problem(0, 'Unreachable', '')
    },
  })
  await refresh()
  expect(await move(waiting, 'complete')).toMatchObject({ code: 'Unreachable' })
  expect(shown.value.get('order-1')).toEqual(waiting)
})

it('a move that nobody answers may have been done: the order is read again', async () => {
  const completed: Order = { ...waiting, orderState: 'COMPLETED', updatedTs: 2_000 }
  const { move, refresh, shown } = board([waiting], {
    complete: async () => {
      throw new Problem(0, 'Unreachable', '')
    },
    order: async () => completed,
  })
  await refresh()
  await move(waiting, 'complete')
  await vi.waitFor(() => expect(shown.value.get('order-1')).toEqual(completed))
})

it('a reading of one order that fails says so to whoever asked', async () => {
  const { read } = board([waiting], {
    order: async () => {
      throw new Problem(0, 'Unreachable', '')
    },
  })
  await expect(read('order-1')).rejects.toMatchObject({ code: 'Unreachable' })
})

it('a second touch while the first is on its way does nothing', async () => {
  const make = vi.fn(async () => making)
  const { move, refresh } = board([waiting], { make })
  await refresh()
  await Promise.all([move(waiting, 'make'), move(waiting, 'make')])
  expect(make).toHaveBeenCalledTimes(1)
})

it('what another barista does while a move is on its way wins over it', async () => {
  let refuse: (problem: Problem) => void = () => undefined
  const cancelled: Order = { ...waiting, orderState: 'CANCELLED', updatedTs: 2_000 }
  const { move, refresh, read, shown } = board([waiting], {
    make: () => new Promise((_, reject) => (refuse = reject)),
    order: async () => cancelled,
  })
  await refresh()
  const moving = move(waiting, 'make')
  await read('order-1')
  expect(shown.value.get('order-1')).toEqual(cancelled)
  refuse(new Problem(409, 'WrongState', ''))
  expect(await moving).toMatchObject({ code: 'WrongState' })
})

it('after a gap an order that no list has any more is read by itself', async () => {
  const orders = [waiting]
  const cancelled: Order = { ...waiting, orderState: 'CANCELLED', updatedTs: 2_000 }
  const { refresh, shown } = board(orders, { order: async () => cancelled })
  await refresh()
  orders.pop()
  await refresh()
  expect(shown.value.get('order-1')).toEqual(cancelled)
})

it('a reading that fails leaves what is known and says so, until one goes well', async () => {
  let works = true
  const { refresh, problem, shown, isRead } = board([], {
    orders: async (state) => {
      if (!works) throw new Problem(0, 'Unreachable', '')
      return { orders: state === 'SUBMITTED' ? [waiting] : [], nextToken: null }
    },
  })
  expect(isRead.value).toBe(false)
  await refresh()
  works = false
  await refresh()
  expect(problem.value).toMatchObject({ code: 'Unreachable' })
  expect(shown.value.size).toBe(1)
  works = true
  await refresh()
  expect(problem.value).toBeNull()
})
