// @vitest-environment node
import { describe, expect, it } from 'vitest'

import type { BusEvent } from '@/backstage/events/bus-event'
import type { Visit, Way } from '@/backstage/executions/way'
import type { OrderRow } from '@/backstage/orders/row'
import { momentsOf, wayAt } from '@/backstage/steps/moments'
import { rowThen } from '@/backstage/steps/row-then'

const CLAIM = {
  TableName: 'serverlesspresso-orders',
  UpdateExpression: 'SET executionArn = :me ADD version :one',
  ExpressionAttributeValues: { ':me': { S: 'arn-1' }, ':one': { N: '1' } },
}

function event(detailType: string, ts: number, detail: object = {}): BusEvent {
  const envelope = { detail: { orderId: 'order-1', ...detail } }
  return { id: `${detailType} ${ts.toString()}`, detailType, ts, orderId: 'order-1', message: '', envelope }
}

function visit(state: string, enteredTs: number, exitedTs: number | null, more: Partial<Visit> = {}): Visit {
  return { state, enteredTs, exitedTs, outcome: 'done', failure: null, call: null, ...more } as Visit
}

const failure = { error: 'States.Timeout', cause: '', ts: 400 }
const visits = [
  visit('Claim', 110, 120, { call: JSON.stringify(CLAIM) }),
  visit('Wait', 120, 400, { failure, outcome: 'caught' }),
  visit('Too slow', 400, 410),
]
const way: Way = {
  visits,
  edges: new Set(['Claim → Wait', 'Wait → Too slow']),
  byState: new Map(visits.map((one) => [one.state, one])),
}
const events = [
  event('OrderProcessor.OrderTimeOut', 405),
  event('OrderManager.MakeOrder', 300, { baristaUserId: 'barista-1', orderNumber: 7 }),
  event('Validator.NewOrder', 100, { userId: 'customer-1' }),
]
const moments = momentsOf(events, way)
const row = { orderId: 'order-1', orderState: 'CANCELLED', createdTs: 100, updatedTs: 405 } as OrderRow

describe('the moments of an order', () => {
  it('are its events and the states it came to, and what went wrong there, as they happened', () => {
    expect(moments.map(({ kind, ts }) => [kind, ts])).toEqual([
      ['event', 100],
      ['state', 110],
      ['state', 120],
      ['event', 300],
      ['failure', 400],
      ['state', 400],
      ['event', 405],
    ])
  })

  it('have the workflow where it was: what came later is not lit, and what lasted still lasts', () => {
    const then = wayAt(way, moments[3] ?? { ts: 0, visited: 0 })
    expect(then.visits.map(({ state, outcome }) => [state, outcome])).toEqual([
      ['Claim', 'done'],
      ['Wait', 'running'],
    ])
    expect([...then.edges]).toEqual(['Claim → Wait'])
    expect(then.byState.get('Wait')?.failure).toBeNull()
  })
})

describe('the row at a moment', () => {
  const at = (count: number) => rowThen(moments, count - 1, row)

  it('is what events told and the workflow wrote by then, and says that it is not all', () => {
    expect(at(1)).toEqual({
      fields: { orderId: 'order-1', orderState: 'CREATED', userId: 'customer-1' },
      isWhole: false,
    })
    expect(at(2).fields).toMatchObject({ executionArn: 'arn-1' })
    expect(at(4).fields).toMatchObject({
      orderState: 'IN_PRODUCTION',
      orderNumber: 7,
      baristaUserId: 'barista-1',
    })
  })

  it('is the whole row from the last write on', () => {
    expect(at(7)).toEqual({ fields: row, isWhole: true })
  })

  it('is not the whole row as long as the workflow still writes into it, though its time was not changed by that', () => {
    const fresh = { ...row, orderState: 'CREATED', updatedTs: 100, executionArn: 'arn-1' } as OrderRow
    expect([0, 1].map((step) => rowThen(moments, step, fresh).isWhole)).toEqual([false, true])
    expect(rowThen(moments, 0, fresh).fields).not.toHaveProperty('executionArn')
  })

  it('has no barista again once the order was put back', () => {
    const back = [
      event('OrderManager.MakeOrder', 1, { baristaUserId: 'b' }),
      event('OrderManager.MakeOrder', 2, { baristaUserId: '' }),
    ]
    const then = rowThen(momentsOf(back, { visits: [] }), 1, row)
    expect(then.fields).toMatchObject({ orderState: 'SUBMITTED', baristaUserId: '' })
  })
})
