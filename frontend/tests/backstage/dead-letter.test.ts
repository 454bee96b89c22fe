// @vitest-environment node
import { expect, it } from 'vitest'

import { lettersOf } from '@/backstage/dead-letters/dead-letter'

const event = { 'detail-type': 'OrderManager.MakeOrder', detail: { orderId: 'order-1' } }

function queue(body: unknown, attributes: Record<string, string> = {}, sent = '1000') {
  const MessageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [name, { StringValue, DataType: 'String' }]),
  )
  const Body = typeof body === 'string' ? body : JSON.stringify(body)
  return { Messages: [{ MessageId: 'm', Body, Attributes: { SentTimestamp: sent }, MessageAttributes }] }
}

it('an event that a rule’s target could not take', () => {
  const attributes = {
    TARGET_ARN: 'arn:aws:states:us-east-1:000000000000:stateMachine:OrderProcessorWorkflow',
    ERROR_CODE: 'NoSuchThing',
    ERROR_MESSAGE: 'it is gone',
  }
  expect(lettersOf(queue(event, attributes))).toMatchObject([
    {
      ts: 1000,
      target: 'OrderProcessorWorkflow',
      reason: 'it is gone',
      detailType: 'OrderManager.MakeOrder',
      orderId: 'order-1',
    },
  ])
})

it('an event at which a function failed', () => {
  const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:record_journey:$LATEST'
  const body = {
    requestContext: { functionArn, condition: 'RetriesExhausted' },
    requestPayload: event,
    responsePayload: { errorMessage: "'time'" },
  }
  expect(lettersOf(queue(body))).toMatchObject([
    { target: 'record_journey', reason: "RetriesExhausted: 'time'", orderId: 'order-1' },
  ])
})

it('records of a stream', () => {
  const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:config_changed'
  const body = {
    requestContext: { functionArn, condition: 'RecordAgeExceeded' },
    DDBStreamBatchInfo: { shardId: 's' },
  }
  expect(lettersOf(queue(body))).toMatchObject([
    { target: 'config_changed', reason: 'RecordAgeExceeded', detailType: '', orderId: null },
  ])
})

it('a letter that nobody knows is shown as it is', () => {
  expect(lettersOf(queue('hello'))).toMatchObject([{ target: '', reason: '', content: 'hello' }])
})

it.each([undefined, {}, { Messages: null }])('%j is an empty queue', (answer) => {
  expect(lettersOf(answer)).toEqual([])
})
