/**
 * How the order of an execution stands, in the bar's words. Pure.
 *
 * Step Functions calls an execution SUCCEEDED whose order was cancelled or timed out: the workflow did what it should.
 * Whoever looks for what became of a drink asks the order's row.
 */
import { REASON_KEYS } from '@/shared/texts/order-words'

import type { Tone } from '../frame/tones'
import type { OrderRow } from '../orders/row'
import type { Execution } from './executions'

/** Kinds of standings, those that went wrong first. */
export const GROUPS = [
  'broken',
  'timedOut',
  'turnedAway',
  'cancelled',
  'live',
  'elsewhere',
  'completed',
] as const
export type Group = (typeof GROUPS)[number]

export const STANDINGS = {
  somethingBroke: { group: 'broken', tone: 'bad' },
  other: { group: 'broken', tone: 'bad' },
  customerTimedOut: { group: 'timedOut', tone: 'bad' },
  baristaTimedOut: { group: 'timedOut', tone: 'bad' },
  shopClosed: { group: 'turnedAway', tone: 'bad' },
  barFull: { group: 'turnedAway', tone: 'bad' },
  cancelledByCustomer: { group: 'cancelled', tone: 'bad' },
  cancelledByBarista: { group: 'cancelled', tone: 'bad' },
  choosing: { group: 'live', tone: 'waiting' },
  queue: { group: 'live', tone: 'waiting' },
  making: { group: 'live', tone: 'making' },
  recalled: { group: 'elsewhere', tone: 'plain' },
  notOurs: { group: 'elsewhere', tone: 'plain' },
  completed: { group: 'completed', tone: 'ready' },
} as const satisfies Record<string, { group: Group; tone: Tone }>
export type Standing = keyof typeof STANDINGS

const OF_STATES = {
  CREATED: 'choosing',
  SUBMITTED: 'queue',
  IN_PRODUCTION: 'making',
  COMPLETED: 'completed',
} as const

/** @param row - its order's; null where it has none, and then nothing can be said of it. */
export function standingOf(
  execution: Pick<Execution, 'arn' | 'startedTs'>,
  row: OrderRow | null,
): Standing | null {
  if (!row) return null
  const { executionArn, recalledTs } = row
  if (recalledTs && execution.startedTs < recalledTs) return 'recalled'
  if (executionArn && executionArn !== execution.arn) return 'notOurs'
  return standingOfOrder(row)
}

export function standingOfOrder({ orderState, reason = '' }: OrderRow): Standing {
  if (orderState !== 'CANCELLED' && orderState !== 'FAILED') return OF_STATES[orderState]
  const ending = REASON_KEYS[reason] ?? 'other'
  return isStanding(ending) ? ending : 'other'
}

function isStanding(name: string): name is Standing {
  return name in STANDINGS
}
