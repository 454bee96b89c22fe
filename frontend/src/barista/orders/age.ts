/** How long somebody has been waiting, and whether that is bad. Pure; times in ms. */
import { ENDED, type Order } from '@/shared/api/contract'

export type Urgency = 'calm' | 'late' | 'overdue'

/** From the scan on, so that putting an order back makes it no younger; of one that ended, since then. */
export function ageOf({ orderState, createdTs, updatedTs }: Order, now: number): number {
  return Math.max(0, now - (ENDED.has(orderState) ? updatedTs : createdTs))
}

/**
 * @param age - of an order that is not ready yet.
 * @param patience - how long the bar waits for a barista before it gives the order up.
 */
export function urgencyOf(age: number, patience: number): Urgency {
  if (age < patience / 3) return 'calm'
  return age < (patience * 2) / 3 ? 'late' : 'overdue'
}
