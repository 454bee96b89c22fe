import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { ExecutionDoesNotExist, SFNClient } from '@aws-sdk/client-sfn'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, ref } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'

import type { Executions } from '@/backstage/executions/executions'
import ExecutionsSection from '@/backstage/executions/ExecutionsSection.vue'
import type { Query } from '@/backstage/executions/search'
import { useSearch, type Search } from '@/backstage/executions/use-search'
import { routes } from '@/backstage/routes'

import { configuration } from '../fakes'
import { fakeBar, mountWithBar } from '../mounting'
import { answerFor, refusal } from './answers'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  answerFor(DynamoDBClient, () => ({}))
})
afterEach(() => vi.useRealTimers())

it('an address that changes while the execution that it named is asked for is no address of none', async () => {
  let refuse: () => void = () => undefined
  const answers: Record<string, (input: Readonly<Record<string, unknown>>) => unknown> = {
    DescribeStateMachine: () => ({ definition: '{"StartAt":"Make","States":{"Make":{"Type":"Succeed"}}}' }),
    ListExecutions: () => ({ executions: [] }),
    DescribeExecution: ({ executionArn: arn }) =>
      (arn as string).endsWith(':gone')
        ? new Promise((_, reject) => {
            refuse = () => reject(new ExecutionDoesNotExist({ message: 'none', $metadata: {} }))
          })
        : { executionArn: arn, name: 'there', status: 'RUNNING', input: '{}' },
    GetExecutionHistory: () => ({ events: [] }),
  }
  answerFor(SFNClient, (name, input) => answers[name]?.(input))
  const router = createRouter({ history: createMemoryHistory(), routes })
  const section = mountWithBar(ExecutionsSection, fakeBar(), { name: 'gone' }, [router])
  await vi.advanceTimersByTimeAsync(0)
  await section.setProps({ name: 'there' })
  refuse()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(section.find('.gone').exists()).toBe(false)
  expect(section.text()).toContain('RUNNING')
})

it('why a search failed is told as long as it is the one that is made', async () => {
  const failed = vi.fn<() => Promise<never[]>>(async () => [])
  const query = ref<Query>({ text: 'latte', group: null })
  const found: Search[] = []
  failed.mockRejectedValueOnce(refusal('ServiceUnavailable', 'no executions just now'))
  const Searching = defineComponent(() => {
    const executions = { failed } as unknown as Executions
    found.push(useSearch(query, executions, new DynamoDBClient({}), configuration))
    return () => null
  })
  mountWithBar(Searching, fakeBar())
  const problem = () => found[0]?.polling.problem.value?.message
  await vi.advanceTimersByTimeAsync(0)
  expect(problem()).toBe('no executions just now')
  failed.mockReturnValue(new Promise(() => undefined))
  query.value = { text: 'mocha', group: null }
  await vi.advanceTimersByTimeAsync(0)
  expect(problem()).toBeUndefined()
})
