import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { SQSClient } from '@aws-sdk/client-sqs'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'

import type { BusEvent } from '@/backstage/events/bus-event'
import EventDetails from '@/backstage/events/EventDetails.vue'
import { routes } from '@/backstage/routes'

import { fakeBar, mountWithBar } from '../mounting'
import { answerFor, refusal } from './answers'

const OURS = '/aws/lambda/bar-record'
const THEIRS = '/aws/lambda/of-others'
const arnOf = (group: string) => `arn:aws:logs:us-east-1:000000000000:log-group:${group}`

let groups: Record<string, () => Promise<unknown>>

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  groups = { [OURS]: async () => ({ events: [line] }) }
  answerFor(SQSClient, () => ({ QueueUrls: [] }))
  answerFor(EventBridgeClient, (_, { Rule }) => ({
    Rules: ['theirs', 'ours'].map((Name) => ({ Name, EventPattern: '{}', State: 'ENABLED' })),
    Targets: [{ Arn: arnOf(Rule === 'ours' ? OURS : THEIRS) }],
    Result: true,
  }))
  answerFor(CloudWatchLogsClient, (name, { logGroupName, logGroupNamePrefix }) =>
    name === 'DescribeLogGroups'
      ? { logGroups: [{ logGroupName: logGroupNamePrefix }] }
      : groups[logGroupName as string]?.(),
  )
})
afterEach(() => vi.useRealTimers())

const line = { eventId: '1', logStreamName: 's', timestamp: 1_000_000, message: 'event-1' }
const event: BusEvent = {
  id: 'event-1',
  detailType: 'Validator.NewOrder',
  ts: 1_000_000,
  orderId: null,
  message: '',
  envelope: { id: 'event-1' },
}

async function details() {
  const router = createRouter({ history: createMemoryHistory(), routes })
  const page = mountWithBar(EventDetails, fakeBar(), { event }, [router])
  await vi.advanceTimersByTimeAsync(0)
  return page
}

it('a target that cannot be asked is told, and keeps the other one’s delivery from nobody', async () => {
  groups[THEIRS] = () => Promise.reject(refusal('AccessDeniedException', 'not for you'))
  const page = await details()
  expect(page.text()).toContain(`${OURS}written`)
  expect(page.text()).toContain('not for you')
  groups[THEIRS] = async () => ({ events: [] })
  await vi.advanceTimersByTimeAsync(4_000) // what fails is asked less often
  expect(page.text()).toContain(`${THEIRS}looking for it`)
  expect(page.text()).not.toContain('not for you')
})

it('a log group that is gone has seen nothing, and is no problem', async () => {
  groups[THEIRS] = () => Promise.reject(refusal('ResourceNotFoundException', 'no such group'))
  const page = await details()
  expect(page.text()).toContain(`${THEIRS}looking for it`)
  expect(page.text()).toContain(`${OURS}written`)
  expect(page.text()).not.toContain('no such group')
})

it('a target that is slow keeps the other one’s delivery from nobody, nor that it is looked at again', async () => {
  groups = { [THEIRS]: () => new Promise(() => undefined), [OURS]: async () => ({ events: [] }) }
  const page = await details()
  expect(page.text()).toContain(`${OURS}looking for it`)
  groups[OURS] = async () => ({ events: [line] })
  await vi.advanceTimersByTimeAsync(2_000)
  expect(page.text()).toContain(`${OURS}written`)
})

it('of what is too old to be looked for it says so, also where no dead letter can be asked for, and looks no more', async () => {
  answerFor(SQSClient, () => Promise.reject(refusal('AccessDenied', 'no queue for you')))
  const looks = vi.fn(async () => ({ events: [] }))
  groups[THEIRS] = looks
  const page = await details()
  expect(page.text()).toContain(`${THEIRS}looking for it`)
  await vi.advanceTimersByTimeAsync(62_000)
  expect(page.text()).toContain(`${THEIRS}no trace of it`)
  const looked = looks.mock.calls.length
  await vi.advanceTimersByTimeAsync(60_000)
  expect(looks.mock.calls.length).toBe(looked)
})
