/** What colour something has by how it stands. */
import type { OrderState } from '@/shared/api/contract'

export type Tone = 'plain' | 'waiting' | 'making' | 'ready' | 'bad'

const OF_ORDER: Readonly<Record<OrderState, Tone>> = {
  CREATED: 'waiting',
  SUBMITTED: 'waiting',
  IN_PRODUCTION: 'making',
  COMPLETED: 'ready',
  CANCELLED: 'bad',
  FAILED: 'bad',
}

export function toneOfOrder(state: OrderState): Tone {
  return OF_ORDER[state]
}

/**
 * @param status - of an execution: `RUNNING`, `SUCCEEDED`, `FAILED`, `TIMED_OUT`, `ABORTED`.
 * @param isCompleted - whether there is a drink; without one, `SUCCEEDED` has not the colour of success.
 */
export function toneOfExecution(status: string, isCompleted: boolean): Tone {
  if (status === 'RUNNING') return 'making'
  if (status !== 'SUCCEEDED') return 'bad'
  return isCompleted ? 'ready' : 'plain'
}

const OF_EVENTS: readonly [RegExp, Tone][] = [
  [/TimeOut|Cancelled|Failed|Unavailable/, 'bad'],
  [/Completed|orderFinished/, 'ready'],
  [/MakeOrder/, 'making'],
  [/NewOrder|WorkflowStarted|WaitingCompletion/, 'waiting'],
]

/** @param detailType - of an event on the bus; plain for one that nobody knows. */
export function toneOfEvent(detailType: string): Tone {
  return OF_EVENTS.find(([pattern]) => pattern.test(detailType))?.[1] ?? 'plain'
}
