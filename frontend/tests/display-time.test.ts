// @vitest-environment node
import { describe, expect, it } from 'vitest'

import { createCodeTime } from '@/display/code/code-time'

const [MINUTE, HOUR] = [60_000, 3_600_000]
const CODE = { startTs: 100 * MINUTE, endTs: 105 * MINUTE - 1 }
const NEXT = { startTs: 105 * MINUTE, endTs: 110 * MINUTE - 1 }

/** A display at which `elapsed` and the machine's clock go on together, unless a test sets the clock. */
function display(startsAt: number) {
  const state = { elapsed: 0, clock: startsAt }
  const time = createCodeTime({ now: () => state.clock }, () => state.elapsed)
  const wait = (ms: number) => {
    state.elapsed += ms
    state.clock += ms
  }
  const read = (code: typeof CODE, tookMs = 100) => {
    const askedAt = state.elapsed
    wait(tookMs)
    time.learn(code, askedAt, state.elapsed)
  }
  return { state, time, wait, read }
}

describe('the time of a code', () => {
  it('is the clock’s where the code does not say otherwise', () => {
    const { time, wait, read } = display(102 * MINUTE)
    read(CODE)
    wait(MINUTE)
    expect(time.now()).toBe(103 * MINUTE + 100)
  })

  it.each([-60, -2, 1, 60])('goes on when somebody sets the clock by %d minutes', (minutes) => {
    const { state, time, wait, read } = display(102 * MINUTE)
    read(CODE)
    state.clock += minutes * MINUTE
    wait(MINUTE)
    read(CODE)
    expect(time.now()).toBe(103 * MINUTE + 200)
  })

  it('lies within the code where the clock was always wrong, and is right from the first change on', () => {
    const { time, wait, read } = display(40 * MINUTE)
    read(CODE)
    expect(time.now()).toBe(CODE.startTs)
    wait(10_000)
    read(NEXT)
    expect(time.now()).toBe(NEXT.startTs)
  })

  it('follows a clock that becomes more exact', () => {
    const { state, time, read } = display(102 * MINUTE)
    read(CODE)
    state.clock += 800
    read(CODE)
    expect(time.now()).toBe(state.clock)
  })

  it('believes the clock after the machine slept', () => {
    const { state, time, read } = display(104 * MINUTE)
    read(CODE)
    state.clock += 3 * MINUTE
    read(NEXT)
    expect(time.now()).toBe(state.clock)
  })

  it('is in doubt from a jump of the clock to the next code', () => {
    const { state, time, wait, read } = display(102 * MINUTE)
    expect(time.isSure()).toBe(false)
    read(CODE)
    wait(MINUTE)
    expect(time.isSure()).toBe(true)
    state.clock += HOUR
    expect(time.isSure()).toBe(false)
    read(CODE)
    expect(time.isSure()).toBe(true)
  })

  it('is not set back by an answer that was long under way over the change', () => {
    const { state, time, read } = display(105 * MINUTE - 100)
    read(CODE, 8000)
    expect(time.now()).toBe(state.clock)
  })
})
