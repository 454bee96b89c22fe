/** The day's insights as what charts and tables show. Pure. */
import { ORDER_STATES, type Insights, type OrderState } from '@/shared/api/contract'

/** One bar, or one group of bars: what it stands for, and its values. Null where there was nothing to measure. */
export interface Bar {
  label: string
  values: readonly (number | null)[]
}

/** The most frequent first. */
export function byCount(counts: Readonly<Record<string, number>>): Bar[] {
  return Object.entries(counts)
    .sort(([, one], [, other]) => other - one)
    .map(([label, count]) => ({ label, values: [count] }))
}

/** In the order of an order's life, all of them. */
export function byState(
  counts: Readonly<Record<string, number>>,
  wordFor: (state: OrderState) => string,
): Bar[] {
  return ORDER_STATES.map((state) => ({ label: wordFor(state), values: [counts[state] ?? 0] }))
}

/** From the first to the last hour in which there was an order; no hour is left out between them. */
export function byHour(hours: Insights['byHour'], nameOf: (hour: number) => string): Bar[] {
  const busy = hours.filter(({ orders }) => orders > 0).map(({ hour }) => hour)
  return hours
    .filter(({ hour }) => hour >= Math.min(...busy) && hour <= Math.max(...busy))
    .map(({ hour, orders }) => ({ label: nameOf(hour), values: [orders] }))
}

export const WAITS = ['queue', 'making', 'total'] as const
export type Wait = (typeof WAITS)[number]

/** For each wait the median and the 95th percentile, in seconds. */
export function byWait(waits: Insights['waits'], nameOf: (wait: Wait) => string): Bar[] {
  return WAITS.map((wait) => ({ label: nameOf(wait), values: [waits[wait].p50, waits[wait].p95] }))
}
