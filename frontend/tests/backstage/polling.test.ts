import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, ref, type EffectScope } from 'vue'

import { usePolling, type Polling } from '@/backstage/cloud/polling'

const EVERY_MS = 1000
let scope: EffectScope

function poll(work: () => Promise<void>, everyMs: () => number | null = () => EVERY_MS): Polling {
  const polling = scope.run(() => usePolling(work, everyMs))
  if (!polling) throw new Error('the scope is over')
  return polling
}

function look(state: 'visible' | 'hidden'): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  document.dispatchEvent(new Event('visibilitychange'))
}

beforeEach(() => {
  vi.useFakeTimers()
  scope = effectScope()
  look('visible')
})

afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

describe('polling', () => {
  it('asks at once, and again after each pause', async () => {
    const work = vi.fn(async () => undefined)
    poll(work)
    await vi.advanceTimersByTimeAsync(2 * EVERY_MS)
    expect(work).toHaveBeenCalledTimes(3)
  })

  it('never asks two questions at a time; one that is wanted meanwhile comes after it', async () => {
    const answers: (() => void)[] = []
    const work = vi.fn(() => new Promise<void>((answer) => answers.push(answer)))
    const { again } = poll(work)
    again()
    again()
    await vi.advanceTimersByTimeAsync(10 * EVERY_MS)
    expect(work).toHaveBeenCalledTimes(1)
    answers[0]?.()
    await vi.advanceTimersByTimeAsync(0)
    expect(work).toHaveBeenCalledTimes(2)
  })

  it('rests while nobody looks, and asks when somebody looks again', async () => {
    const work = vi.fn(async () => undefined)
    poll(work)
    await vi.advanceTimersByTimeAsync(0)
    look('hidden')
    await vi.advanceTimersByTimeAsync(60 * EVERY_MS)
    expect(work).toHaveBeenCalledTimes(1)
    look('visible')
    await vi.advanceTimersByTimeAsync(0)
    expect(work).toHaveBeenCalledTimes(2)
  })

  it('rests while it is paused', async () => {
    const work = vi.fn(async () => undefined)
    const every = ref<number | null>(null)
    poll(work, () => every.value)
    await vi.advanceTimersByTimeAsync(60 * EVERY_MS)
    expect(work).not.toHaveBeenCalled()
    every.value = EVERY_MS
    await vi.advanceTimersByTimeAsync(0)
    expect(work).toHaveBeenCalledTimes(1)
  })

  it('says what went wrong, waits longer, and is well again after a good answer', async () => {
    const work = vi.fn(async () => undefined).mockRejectedValueOnce(new TypeError('Failed to fetch'))
    const { problem } = poll(work)
    await vi.advanceTimersByTimeAsync(EVERY_MS)
    expect(problem.value?.code).toBe('Unreachable')
    expect(work).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(EVERY_MS)
    expect(work).toHaveBeenCalledTimes(2)
    expect(problem.value).toBeNull()
  })

  it('tells a refusal by an AWS API by its name', async () => {
    const refusal = Object.assign(new Error('no such machine'), {
      name: 'StateMachineDoesNotExist',
      $metadata: { httpStatusCode: 400 },
    })
    const { problem } = poll(async () => {
      throw refusal
    })
    await vi.advanceTimersByTimeAsync(0)
    expect(problem.value).toMatchObject({
      status: 400,
      code: 'StateMachineDoesNotExist',
      message: 'no such machine',
    })
  })

  it('is over with its component, also when an answer comes later', async () => {
    let answer: (() => void) | undefined
    const work = vi.fn(() => new Promise<void>((resolve) => (answer = resolve)))
    poll(work)
    scope.stop()
    answer?.()
    await vi.advanceTimersByTimeAsync(60 * EVERY_MS)
    expect(work).toHaveBeenCalledTimes(1)
  })
})
