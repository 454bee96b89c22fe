/** How long a drink takes that is ordered now, as the queue and the pace of late have it. Pure. */
import type { Queue } from '@/shared/api/contract'

/** Whole minutes from choosing to ready, at least one; null while nobody knows the pace. */
export function waitMinutes({ waitSeconds }: Queue): number | null {
  return waitSeconds === null ? null : Math.max(1, Math.ceil(waitSeconds / 60))
}
