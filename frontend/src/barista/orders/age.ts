/** How long somebody has been waiting, and whether that is bad. Pure; times in ms. */
import { ENDED, type Order } from '@/shared/api/contract'

export type Urgency = 'calm' | 'late' | 'overdue'

/**
 * From the choice on, for only then the bar's wait for a barista begins; of an order that ended, since then.
 *
 * @param submittedTs - when the drink was chosen; without it, as of an order that was claimed before this page was opened,
 *   it counts from the scan.
 */
export function ageOf(
  { orderState, createdTs, updatedTs }: Order,
  now: number,
  submittedTs: number = createdTs,
): number {
  return Math.max(0, now - (ENDED.has(orderState) ? updatedTs : submittedTs))
}

/**
 * @param age - of an order that is not ready yet.
 * @param patience - how long the bar waits for a barista before it gives the order up.
 */
export function urgencyOf(age: number, patience: number): Urgency {
  if (age < patience / 3) return 'calm'
  return age < (patience * 2) / 3 ? 'late' : 'overdue'
}
