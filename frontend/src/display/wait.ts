/** How long a drink takes, as the day so far has it. Pure. */
import type { Insights } from '@/shared/api/contract'

/** Whole minutes from choosing to ready in the middle of the day's orders, at least one; null before the first. */
export function waitMinutes({ waits }: Insights): number | null {
  return waits.total.p50 === null ? null : Math.max(1, Math.ceil(waits.total.p50 / 60))
}
