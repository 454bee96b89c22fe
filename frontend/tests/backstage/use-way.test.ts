import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, shallowRef, type EffectScope } from 'vue'

import type { Execution, Executions } from '@/backstage/executions/executions'
import { useWay } from '@/backstage/executions/use-way'

const ended: Execution = {
  arn: 'arn-1',
  name: 'one',
  status: 'SUCCEEDED',
  startedTs: 0,
  endedTs: 1,
  orderId: 'order-1',
}
const events = [
  { id: 1, previousEventId: 0, type: 'PassStateEntered', stateEnteredEventDetails: { name: 'Here' } },
]

let scope: EffectScope
beforeEach(() => {
  vi.useFakeTimers()
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

function following(first: Execution | null, history = vi.fn<() => Promise<unknown>>(async () => events)) {
  const shown = shallowRef(first)
  const executions = { history } as unknown as Executions
  const found = scope.run(() => useWay(executions, shown))
  if (!found) throw new Error('the scope is over')
  return { ...found, history, shown }
}

it('an ended execution whose history could not be read is read until it could, and then no more', async () => {
  const history = vi.fn<() => Promise<unknown>>(async () => events)
  history.mockRejectedValueOnce(new TypeError('Failed to fetch'))
  history.mockRejectedValueOnce(new TypeError('Failed to fetch'))
  const { way, polling } = following(ended, history)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(polling.problem.value).toBeNull()
  expect(way.value.byState.has('Here')).toBe(true)
  const readings = history.mock.calls.length
  await vi.advanceTimersByTimeAsync(60_000)
  expect(history).toHaveBeenCalledTimes(readings)
})

it('one that runs is followed, and read once more when it has ended', async () => {
  const { shown, history } = following({ ...ended, status: 'RUNNING' })
  await vi.advanceTimersByTimeAsync(5000)
  expect(history.mock.calls.length).toBeGreaterThan(4)
  shown.value = ended
  await vi.advanceTimersByTimeAsync(5000)
  const readings = history.mock.calls.length
  await vi.advanceTimersByTimeAsync(60_000)
  expect(history).toHaveBeenCalledTimes(readings)
})

it('none is asked about where none is shown', async () => {
  const { history } = following(null)
  await vi.advanceTimersByTimeAsync(5000)
  expect(history).not.toHaveBeenCalled()
})
