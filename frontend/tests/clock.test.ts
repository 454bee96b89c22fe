// @vitest-environment node
import { describe, expect, it } from 'vitest'

import { asCountdown, createClock } from '@/shared/clock'

const TEN = Date.UTC(2026, 0, 1, 10, 0, 0)
const TEN_SHARP = 'Thu, 01 Jan 2026 10:00:00 GMT'

describe('the clock', () => {
  it('takes the time from answers when this machine has it wrong', () => {
    const wrong = TEN - 120_000
    const clock = createClock(() => wrong)
    clock.learn(TEN_SHARP, wrong - 100, wrong + 100)
    expect(clock.now()).toBe(TEN + 500) // the header has whole seconds
  })

  it('believes the quickest answer', () => {
    const clock = createClock(() => TEN)
    clock.learn(TEN_SHARP, TEN - 10, TEN + 10)
    const learnt = clock.now()
    clock.learn(TEN_SHARP, TEN - 9000, TEN)
    expect(clock.now()).toBe(learnt)
  })

  it('learns anew when the clock of this machine was set', () => {
    let wrong = TEN
    const clock = createClock(() => wrong)
    clock.learn(TEN_SHARP, TEN - 10, TEN + 10)
    for (const set of [-3_600_000, 240_000, 5_000]) {
      wrong = TEN + set
      clock.learn(TEN_SHARP, wrong - 300, wrong + 300)
      expect(clock.now()).toBe(TEN + 500)
    }
  })

  it('keeps what it believes when a slower answer may be right as well', () => {
    const clock = createClock(() => TEN)
    clock.learn(TEN_SHARP, TEN - 10, TEN + 10)
    const learnt = clock.now()
    clock.learn(TEN_SHARP, TEN + 900, TEN + 1000) // late in that second
    expect(clock.now()).toBe(learnt)
  })

  it('learns nothing from an answer during which the clock was set back', () => {
    const clock = createClock(() => TEN)
    clock.learn(TEN_SHARP, TEN + 60_000, TEN)
    expect(clock.now()).toBe(TEN)
  })

  it('goes by this machine where answers do not tell their date', () => {
    const clock = createClock(() => TEN)
    clock.learn(null, TEN, TEN)
    expect(clock.now()).toBe(TEN)
  })
})

it.each([
  [0, '0:00'],
  [59, '0:59'],
  [245, '4:05'],
  [3723, '1:02:03'],
])('%d seconds are shown as %s', (seconds, shown) => {
  expect(asCountdown(seconds)).toBe(shown)
})
