import { describe, expect, it } from 'vitest'
import { createRouter, createMemoryHistory } from 'vue-router'

import ExecutionHead from '@/backstage/executions/ExecutionHead.vue'
import type { Execution } from '@/backstage/executions/executions'
import type { Visit, Way } from '@/backstage/executions/way'
import { routes } from '@/backstage/routes'
import type { OrderRow } from '@/backstage/orders/row'

import { fakeBar, mountWithBar } from '../mounting'

const execution: Execution = {
  arn: 'arn-1',
  name: 'one',
  status: 'SUCCEEDED',
  startedTs: 0,
  endedTs: 1,
  orderId: 'order-1',
}
const row: OrderRow = {
  orderId: 'order-1',
  orderState: 'CANCELLED',
  reason: 'Customer timedout',
  executionArn: 'arn-1',
  createdTs: 0,
  updatedTs: 1,
}
const failure = { error: 'States.Timeout', cause: 'too slow', ts: 1 }
const visit: Visit = {
  state: 'Wait for the customer',
  outcome: 'caught',
  enteredTs: 0,
  exitedTs: 1,
  input: '{}',
  output: null,
  failure,
  failures: [failure],
  attempts: 1,
  call: null,
}
const way: Way = { visits: [visit], edges: new Set(), byState: new Map() }

function head(changes: object = {}) {
  const router = createRouter({ history: createMemoryHistory(), routes })
  return mountWithBar(ExecutionHead, fakeBar(), { execution, row, way, isFollowed: false, ...changes }, [
    router,
  ])
}

describe('the head of an execution', () => {
  it('says beside SUCCEEDED that the order timed out, where, and with which error; nothing looks like success', async () => {
    const mounted = head()
    for (const words of ['SUCCEEDED', 'Timed out: customer', 'States.Timeout', 'too slow']) {
      expect(mounted.text()).toContain(words)
    }
    expect(mounted.find('.chip.ready').exists()).toBe(false)
    await mounted.find('button.row-button').trigger('click')
    expect(mounted.emitted('choose')).toEqual([['Wait for the customer']])
  })

  it('of an order with a drink does not dwell on what went wrong on the way', () => {
    const mounted = head({ row: { ...row, orderState: 'COMPLETED', reason: undefined } })
    expect(mounted.findAll('.chip.ready')).toHaveLength(2)
    expect(mounted.text()).not.toContain('States.Timeout')
  })

  it('of an execution that failed without any order says why, too', () => {
    const mounted = head({ row: null, execution: { ...execution, status: 'FAILED', orderId: null } })
    expect(mounted.find('.chip.bad').text()).toBe('FAILED')
    expect(mounted.text()).toContain('States.Timeout')
  })
})
