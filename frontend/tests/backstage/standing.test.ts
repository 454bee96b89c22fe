// @vitest-environment node
import { describe, expect, it } from 'vitest'

import { STANDINGS, standingOf } from '@/backstage/executions/standing'
import { toneOfExecution } from '@/backstage/frame/tones'
import type { OrderRow } from '@/backstage/orders/row'
import { REASON_KEYS } from '@/shared/texts/order-words'

const ours = { arn: 'arn-1', startedTs: 1_000 }
const row = (changes: Partial<OrderRow>): OrderRow => ({
  orderId: 'order-1',
  orderState: 'COMPLETED',
  createdTs: 900,
  updatedTs: 2_000,
  executionArn: 'arn-1',
  ...changes,
})

describe('how the order of an execution stands', () => {
  it('is by its row, whatever Step Functions says', () => {
    expect(standingOf(ours, row({}))).toBe('completed')
    expect(standingOf(ours, row({ orderState: 'IN_PRODUCTION' }))).toBe('making')
    expect(standingOf(ours, null)).toBeNull()
  })

  it.each(Object.entries(REASON_KEYS))('"%s" has words of its own and is no success', (reason, name) => {
    const standing = standingOf(ours, row({ orderState: 'CANCELLED', reason }))
    expect(standing).toBe(name)
    expect(STANDINGS[standing ?? 'completed'].tone).toBe('bad')
  })

  it('a reason that is not known is an end without a drink', () => {
    expect(standingOf(ours, row({ orderState: 'FAILED', reason: 'rain' }))).toBe('other')
  })

  it('an order that another execution has is not its own, one that was called back went on in another', () => {
    expect(standingOf({ arn: 'arn-2', startedTs: 1_001 }, row({}))).toBe('notOurs')
    const recalled = row({ orderState: 'IN_PRODUCTION', executionArn: 'arn-2', recalledTs: 1_500 })
    expect(standingOf(ours, recalled)).toBe('recalled')
    expect(standingOf({ arn: 'arn-2', startedTs: 1_501 }, recalled)).toBe('making')
  })
})

it('SUCCEEDED has the colour of success only where there is a drink', () => {
  expect(toneOfExecution('SUCCEEDED', true)).toBe('ready')
  expect(toneOfExecution('SUCCEEDED', false)).toBe('plain')
  expect(toneOfExecution('TIMED_OUT', false)).toBe('bad')
})
