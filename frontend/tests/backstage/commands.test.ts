// @vitest-environment node
import { expect, it } from 'vitest'

import { ofEvents, ofExecutions, ofMatch, ofRow, ofState, quoted } from '@/backstage/commands/commands'

it('a line is ready to be copied', () => {
  expect(ofExecutions('arn:aws:states:us-east-1:0:stateMachine:P')).toBe(
    'awslocal stepfunctions list-executions --state-machine-arn arn:aws:states:us-east-1:0:stateMachine:P --max-items 25',
  )
  expect(ofRow('bar-orders', { orderId: { S: 'order-1' } })).toBe(
    `awslocal dynamodb get-item --table-name bar-orders --key '{"orderId":{"S":"order-1"}}'`,
  )
})

it('filters only where there is something to filter by', () => {
  expect(ofEvents('', 1000.4)).toMatch(/ --start-time 1000 --query 'events\[\]\.message'$/)
  expect(ofEvents('order-1', 1)).toContain(`[?contains(message, '\\''order-1'\\'')]`)
})

it('no word of it is anything else to the shell', () => {
  expect(quoted("it's $(rm -rf /) `here`")).toBe(`'it'\\''s $(rm -rf /) \`here\`'`)
  expect(quoted('')).toBe("''")
  expect(ofState('arn', "the customer's")).toContain(
    `stateEnteredEventDetails.name=='\\''the customer\\'\\''s'\\''`,
  )
})

it('no secret is in a line', () => {
  expect(ofMatch('{}', { id: 'event-1', detail: { taskToken: 'secret' } })).not.toContain('secret')
})
