// @vitest-environment node
import { describe, expect, it } from 'vitest'

import { failedFirst, matchesRow, ofFailed, ofOrders } from '@/backstage/executions/search'
import type { Execution } from '@/backstage/executions/executions'
import type { OrderRow } from '@/backstage/orders/row'

const row: OrderRow = {
  orderId: 'ORDER-abc',
  orderState: 'COMPLETED',
  orderNumber: 7,
  drinkOrder: { drink: 'Flat White', modifiers: ['Oat'], icon: 'flat-white' },
  userId: 'customer-1',
  baristaUserId: 'barista-1',
  executionArn: 'arn-1',
  createdTs: 1,
  updatedTs: 2,
}
const nobody = new Set<string>()
const execution = (changes: Partial<Execution>): Execution => ({
  arn: 'arn:execution:Processor:sunk',
  name: 'sunk',
  status: 'FAILED',
  startedTs: 5,
  endedTs: 6,
  orderId: null,
  ...changes,
})

describe('an order is found', () => {
  it.each(['order-ABC', 'abc', '7', '#7', ' 7 ', 'customer-1', 'barista-1', 'flat', 'oat', 'completed'])(
    'by %j',
    (text) => expect(matchesRow(row, text, nobody)).toBe(true),
  )

  it('by the address of a person, who is known by an id', () => {
    expect(matchesRow(row, 'ana@example.com', new Set(['customer-1']))).toBe(true)
    expect(matchesRow(row, 'ana@example.com', new Set(['customer-2']))).toBe(false)
  })

  it('by its whole number only', () => {
    expect(matchesRow({ ...row, orderNumber: 17 }, '7', nobody)).toBe(false)
  })
})

describe('executions are found', () => {
  const cancelled: OrderRow = {
    ...row,
    orderId: 'b',
    executionArn: 'arn-2',
    orderState: 'CANCELLED',
    reason: 'Customer timedout',
  }

  it('with the failed first, then the newest', () => {
    const rows = [row, cancelled, { ...row, orderId: 'c', executionArn: 'arn-3', createdTs: 9 }]
    expect(failedFirst(ofOrders(rows), null).map(({ arn }) => arn)).toEqual(['arn-2', 'arn-3', 'arn-1'])
    expect(failedFirst(ofOrders(rows), 'timedOut').map(({ arn }) => arn)).toEqual(['arn-2'])
  })

  it('each once, and those that failed without any order, too', () => {
    const failed = ofFailed(
      [execution({}), execution({ arn: 'arn-1', orderId: 'ORDER-abc' })],
      new Map([['ORDER-abc', row]]),
      '',
      nobody,
    )
    const all = failedFirst([...ofOrders([row]), ...failed], null)
    expect(all.map(({ arn, group }) => [arn, group])).toEqual([
      ['arn:execution:Processor:sunk', 'broken'],
      ['arn-1', 'completed'],
    ])
    expect(ofFailed([execution({})], new Map(), 'other', nobody)).toEqual([])
    expect(ofFailed([execution({})], new Map(), 'SUNK', nobody)).toHaveLength(1)
  })
})
