import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'

import FunctionLog from '@/backstage/functions/FunctionLog.vue'
import { routes } from '@/backstage/routes'

import { fakeBar, mountWithBar } from '../mounting'
import { answerFor } from './answers'

const NOW = 1_000_000
const invocation = (request: string, said: number) =>
  [
    `START RequestId: ${request} Version: $LATEST`,
    ...Array.from({ length: said }, () => `by ${request}`),
  ].map((message, place) => ({
    eventId: `${request} ${place.toString()}`,
    logStreamName: request,
    timestamp: NOW,
    message,
  }))

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => vi.useRealTimers())

it('the request that a log was opened for stays in it, however many lines come after', async () => {
  const pages = [invocation('linked', 1), invocation('flood', 4000)]
  answerFor(CloudWatchLogsClient, (name, { logGroupNamePrefix }) =>
    name === 'DescribeLogGroups'
      ? { logGroups: [{ logGroupName: logGroupNamePrefix }] }
      : { events: pages.shift() ?? [] },
  )
  const router = createRouter({ history: createMemoryHistory(), routes })
  const configuration = {
    FunctionName: 'bar',
    Handler: 'app.bar',
    Runtime: 'python3.13',
    MemorySize: 1,
    Timeout: 1,
  }
  const log = mountWithBar(FunctionLog, fakeBar(), { configuration, request: 'linked' }, [router])
  await vi.advanceTimersByTimeAsync(3000)
  expect(pages).toEqual([])
  expect(log.find('details.wanted').exists()).toBe(true)
})
