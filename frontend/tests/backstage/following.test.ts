import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { ExecutionDoesNotExist } from '@aws-sdk/client-sfn'
import { afterEach, beforeEach, expect, it, vi, type Mock } from 'vitest'
import { defineComponent, shallowRef } from 'vue'

import type { Executions } from '@/backstage/executions/executions'
import type { Passage } from '@/backstage/map/passing'
import type { System } from '@/backstage/map/system'
import { usePassing } from '@/backstage/map/use-passing'
import { useSteps } from '@/backstage/steps/use-steps'
import { createClock } from '@/shared/clock'
import { ORDERS_TABLE } from '@/shared/orders-table'

import { fakeBar, mountWithBar } from '../mounting'
import { answerFor, refusal } from './answers'

const NOW = 1_000_000
const envelope = {
  id: 'event-1',
  'detail-type': 'Validator.NewOrder',
  detail: { orderId: 'order-1', at: NOW },
}
const row = {
  orderId: { S: 'order-1' },
  orderState: { S: 'SUBMITTED' },
  userId: { S: 'customer-1' },
  executionArn: { S: 'arn:execution:one' },
  createdTs: { N: NOW.toString() },
  updatedTs: { N: NOW.toString() },
}
const execution = {
  arn: 'arn:execution:one',
  name: 'one',
  status: 'SUCCEEDED',
  startedTs: NOW,
  endedTs: NOW,
  orderId: 'order-1',
}
const entered = {
  id: 1,
  previousEventId: 0,
  timestamp: new Date(NOW + 1),
  type: 'PassStateEntered',
  stateEnteredEventDetails: { name: 'Here' },
}
const rule = { Name: 'tell', EventPattern: '{}', State: 'ENABLED' }
const away = refusal('ServiceUnavailable', 'the bus is away')

let asked: Record<'named' | 'history', Mock<(of: string) => Promise<unknown>>>
let bus: () => unknown
let lines: object[]

beforeEach(() => {
  vi.useFakeTimers({ now: NOW })
  asked = { named: vi.fn(async () => execution), history: vi.fn(async () => [entered]) }
  bus = () => ({ Rules: [rule], Targets: [], Result: true })
  lines = [{ eventId: '1', logStreamName: 's', timestamp: NOW, message: JSON.stringify(envelope) }]
  answerFor(EventBridgeClient, () => bus())
  answerFor(DynamoDBClient, () => ({ Responses: { [ORDERS_TABLE]: [row] } }))
  answerFor(CloudWatchLogsClient, (name, { logGroupNamePrefix }) =>
    name === 'DescribeLogGroups' ? { logGroups: [{ logGroupName: logGroupNamePrefix }] } : { events: lines },
  )
})
afterEach(() => vi.useRealTimers())

const executions = () => asked as unknown as Executions

/** What it gives in a component of a page. */
async function inPage<Found>(use: () => Found): Promise<Found> {
  const found: Found[] = []
  mountWithBar(
    defineComponent(() => {
      found.push(use())
      return () => null
    }),
    { ...fakeBar(), clock: createClock() },
  )
  await vi.advanceTimersByTimeAsync(10)
  return found[0] as Found
}

/** What passes on a map of a workflow. */
async function onMap() {
  const system = shallowRef<System>({
    parts: [{ id: 'workflow:w', kind: 'workflow', name: 'w' }],
    arrows: [],
    calls: new Map(),
  })
  const heard: Passage[] = []
  const { polling } = await inPage(() =>
    usePassing(system, executions(), (passages) => heard.push(...passages)),
  )
  return { heard, polling }
}

it('the rules that a replayed order’s events matched are asked for again where the bus was away, and that is told', async () => {
  bus = () => {
    throw away
  }
  const { matched, polling } = await inPage(() => useSteps('order-1', executions()))
  expect([polling.problem.value?.message, matched.value.size]).toEqual(['the bus is away', 0])
  bus = () => ({ Rules: [rule], Targets: [], Result: true })
  await vi.advanceTimersByTimeAsync(10_000)
  expect(polling.problem.value).toBeNull()
  expect(matched.value.get('event-1')?.map(({ name }) => name)).toEqual(['tell'])
})

it.each(['named', 'history'] as const)(
  'so is it where the execution could not be asked for: %s',
  async (question) => {
    const answer = asked[question].getMockImplementation()
    asked[question].mockRejectedValue(away)
    const { way, polling } = await inPage(() => useSteps('order-1', executions()))
    expect(polling.problem.value?.message).toBe('the bus is away')
    if (answer) asked[question].mockImplementation(answer)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(polling.problem.value).toBeNull()
    expect(way.value.byState.has('Here')).toBe(true)
  },
)

it('an order whose execution is gone keeps nobody’s from being heard of, and is no problem', async () => {
  const gone = { ...row, orderId: { S: 'order-2' }, executionArn: { S: 'arn:execution:gone' } }
  const ofGone = { ...envelope, id: 'event-2', detail: { orderId: 'order-2', at: NOW } }
  lines.push({ ...lines[0], eventId: '2', message: JSON.stringify(ofGone) })
  answerFor(DynamoDBClient, () => ({ Responses: { [ORDERS_TABLE]: [gone, row] } }))
  asked.history.mockImplementation(async (arn) => {
    if (arn === 'arn:execution:gone') throw new ExecutionDoesNotExist({ message: 'none', $metadata: {} })
    return [entered]
  })
  const { heard, polling } = await onMap()
  expect(polling.problem.value).toBeNull()
  expect(heard.map(({ ids }) => ids[0])).toEqual([
    'bus:Serverlesspresso',
    'bus:Serverlesspresso',
    'workflow:w',
  ])
})

it('what passed while the bus was away is heard of once it answers, each once; that it was away is told', async () => {
  bus = () => {
    throw away
  }
  const { heard, polling } = await onMap()
  expect([polling.problem.value?.message, heard]).toEqual(['the bus is away', []])
  polling.again() // fails once more
  await vi.advanceTimersByTimeAsync(10)
  bus = () => ({ Rules: [rule], Targets: [], Result: true })
  await vi.advanceTimersByTimeAsync(30_000)
  expect(polling.problem.value).toBeNull()
  expect(heard.map(({ ids }) => ids[0])).toEqual(['bus:Serverlesspresso', 'workflow:w'])
})
