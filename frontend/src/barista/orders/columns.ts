/** Which orders stand in which column of the board, and in which order. Pure. */
import type { Order, OrderState } from '@/shared/api/contract'

import { isAnothers } from './moves'

export const COLUMNS = ['waiting', 'making', 'ready'] as const
export type Column = (typeof COLUMNS)[number]

/** How long a drink that is ready stays on the board, ms. */
export const PICK_UP_MS = 10 * 60_000

const HOLDS: Readonly<Record<Column, OrderState>> = {
  waiting: 'SUBMITTED',
  making: 'IN_PRODUCTION',
  ready: 'COMPLETED',
}

/**
 * Those that wait stand as on the display, by their numbers; of those that are made the barista's own are first, of those
 * that are ready the newest.
 *
 * @param me - the barista's own id.
 * @param now - ms since 1970.
 */
export function columnsOf(orders: Iterable<Order>, me: string, now: number): Record<Column, Order[]> {
  const all = [...orders].sort((one, other) => one.createdTs - other.createdTs)
  const holding = (column: Column) => all.filter(({ orderState }) => orderState === HOLDS[column])
  const ready = holding('ready').filter(({ updatedTs }) => now - updatedTs < PICK_UP_MS)
  return {
    waiting: holding('waiting').sort(byNumber),
    making: holding('making').sort(
      (one, other) => Number(isAnothers(one, me)) - Number(isAnothers(other, me)),
    ),
    ready: ready.sort((one, other) => other.updatedTs - one.updatedTs),
  }
}

/** One without a number, which the workflow is about to give it, stands last. */
function byNumber(one: Order, other: Order): number {
  return (one.orderNumber ?? Number.MAX_VALUE) - (other.orderNumber ?? Number.MAX_VALUE)
}
