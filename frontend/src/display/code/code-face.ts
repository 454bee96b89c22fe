/** What stands in the code's place. Pure. */
import type { Bucket } from '@/shared/api/contract'

/**
 * `code`: it can be scanned. `taken`: no drink is left of it. `changing`: it has ended, the next one is asked for.
 * `reconnecting`: the bar was not heard for too long to vouch for anything. `refused`: the bar says no.
 */
export type Face = 'code' | 'taken' | 'changing' | 'reconnecting' | 'refused'

export interface Known {
  bucket: Bucket | null
  /** The bar's time, ms since 1970. */
  now: number
  /** How long the bar was not heard, ms. */
  quietFor: number
  isRefused: boolean
}

/** Long enough for a reading that had to be repeated. */
export const OUT_OF_TOUCH_MS = 30_000

export function faceOf({ bucket, now, quietFor, isRefused }: Known): Face {
  if (isRefused) return 'refused'
  if (quietFor > OUT_OF_TOUCH_MS) return 'reconnecting'
  if (!bucket || hasEnded(bucket, now)) return 'changing'
  return bucket.availableTokens > 0 ? 'code' : 'taken'
}

export function hasEnded({ endTs }: Bucket, now: number): boolean {
  return now > endTs
}

/** How much of the code's time is left, 1 to 0. */
export function shareLeft({ startTs, endTs }: Bucket, now: number): number {
  return Math.min(1, Math.max(0, (endTs - now) / (endTs - startTs)))
}
