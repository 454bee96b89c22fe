/**
 * The bar's time as far as a code needs it: right even where this machine's clock is set while the display runs, or is
 * wrong and nobody tells (no `Date` header can be read from an API of another origin).
 *
 * The bar answers with the code of now. So its now lies between the code's start and end, whatever a clock here says.
 */
import type { Bucket } from '@/shared/api/contract'
import type { Clock } from '@/shared/clock'

import { sinceStart, type Elapsed } from '../reading/contact'

export interface CodeTime {
  /** ms since 1970. */
  now: () => number
  /** Learns from a code that was asked for and came at these moments of `elapsed`. */
  learn: (code: Pick<Bucket, 'startTs' | 'endTs'>, askedAt: number, answeredAt: number) => void
  /** False when the clock has jumped since: it was set, or the machine slept. The next code tells. */
  isSure: () => boolean
}

/** A clock that went wrong by less was made more exact; by more, somebody set it. */
const REFINED_MS = 5000

export function createCodeTime(clock: Pick<Clock, 'now'>, elapsed: Elapsed = sinceStart): CodeTime {
  let lead: number | null = null // the bar's time minus elapsed()
  let toldAtLast = 0

  const believed = () => clock.now() - elapsed()
  return {
    now: () => elapsed() + (lead ?? believed()),
    learn({ startTs, endTs }, askedAt, answeredAt) {
      const [least, most] = [startTs - answeredAt, endTs - askedAt]
      const fits = (candidate: number) => least <= candidate && candidate <= most
      const told = believed()
      const known = lead ?? told
      const isTold = fits(told) && (!fits(known) || Math.abs(told - known) < REFINED_MS)
      lead = isTold ? told : Math.min(Math.max(known, least), most)
      toldAtLast = told
    },
    isSure: () => lead !== null && Math.abs(believed() - toldAtLast) < REFINED_MS,
  }
}
