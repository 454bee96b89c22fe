/**
 * The bar's time. A phone's own clock may be minutes off, and a countdown of five minutes is then wrong: so the clock
 * learns from the `Date` header of answers how far off it is, and learns anew when somebody sets this machine's clock.
 */
import { useIntervalFn } from '@vueuse/core'
import { computed, readonly, ref, toValue, type ComputedRef, type MaybeRefOrGetter, type Ref } from 'vue'

export interface Clock {
  /** The bar's time, ms since 1970. */
  now: () => number
  /** Learns from an answer: its `Date` header, and when by this machine it was asked for and came (ms). */
  learn: (dateHeader: string | null, askedAt: number, answeredAt: number) => void
}

/** The header has whole seconds: on average the time is half a second later. */
const HALF_A_SECOND = 500

export function createClock(machine: () => number = Date.now): Clock {
  let offset = 0
  let doubt = Infinity // ms by which the offset may be wrong; a quicker answer tells the time better
  return {
    now: () => machine() + offset,
    learn(dateHeader, askedAt, answeredAt) {
      const said = Date.parse(dateHeader ?? '')
      const roundTrip = answeredAt - askedAt
      if (Number.isNaN(said) || roundTrip < 0) return // the clock was set while the answer was under way
      const read = said + HALF_A_SECOND - (askedAt + roundTrip / 2)
      const readDoubt = roundTrip / 2 + HALF_A_SECOND
      const wasSet = Math.abs(read - offset) > doubt + readDoubt // or both could be right
      if (readDoubt >= doubt && !wasSet) return
      doubt = readDoubt
      offset = read
    },
  }
}

/** The bar's time as a ref that ticks while the component lives. */
export function useTime(clock: Clock, everyMs = 1000): Readonly<Ref<number>> {
  const time = ref(clock.now())
  useIntervalFn(() => (time.value = clock.now()), everyMs)
  return readonly(time)
}

/** Whole seconds left until `end` (ms since 1970), never below 0; null without an end. */
export function useSecondsLeft(
  clock: Clock,
  end: MaybeRefOrGetter<number | null>,
): ComputedRef<number | null> {
  const time = useTime(clock, 250)
  return computed(() => {
    const until = toValue(end)
    return until === null ? null : Math.max(0, Math.ceil((until - time.value) / 1000))
  })
}

/** Seconds as `4:05`, or `1:02:03` from an hour on. */
export function asCountdown(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown.map((part, place) => part.toString().padStart(place === 0 ? 1 : 2, '0')).join(':')
}
