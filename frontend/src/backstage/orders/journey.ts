/** What an order went through and for how long, by its events. Pure. */
import type { BusEvent } from '../events/bus-event'

export type PhaseName = 'preparing' | 'choosing' | 'queue' | 'making'

export interface Phase {
  name: PhaseName
  /** ms since 1970 */
  fromTs: number
  /** null while it lasts */
  toTs: number | null
}

type Turn = PhaseName | 'end' | null

const TURNS: Readonly<Record<string, Turn>> = {
  'Validator.NewOrder': 'preparing',
  'OrderProcessor.WorkflowStarted': 'choosing',
  'OrderManager.WaitingCompletion': 'queue',
  'OrderManager.OrderCompleted': 'end',
  'OrderManager.OrderCancelled': 'end',
  'OrderManager.OrderFailed': 'end',
  'OrderProcessor.OrderTimeOut': 'end',
  'OrderProcessor.ShopUnavailable': 'end',
}

/** The phases one after the other; what comes after the order's end belongs to none. */
export function journeyOf(events: readonly BusEvent[]): Phase[] {
  const phases: Phase[] = []
  for (const event of events.toSorted((one, other) => one.ts - other.ts)) {
    const current = phases.at(-1)
    const turn = turnOf(event)
    if (turn === null || turn === current?.name || (current && current.toTs !== null)) continue
    if (current) current.toTs = event.ts
    if (turn !== 'end') phases.push({ name: turn, fromTs: event.ts, toTs: null })
  }
  return phases
}

/** A barista who puts an order back says so by naming nobody. */
function turnOf({ detailType, envelope }: BusEvent): Turn {
  if (detailType !== 'OrderManager.MakeOrder') return TURNS[detailType] ?? null
  const { baristaUserId } = envelope.detail as { baristaUserId?: string }
  return baristaUserId ? 'making' : 'queue'
}
