/** An event of the bar's bus, as the bus's log has it. Pure. */
import * as v from 'valibot'

import type { LogLine } from '../cloud/log-tail'

export interface BusEvent {
  id: string
  detailType: string
  /** When it happened, ms since 1970. */
  ts: number
  orderId: string | null
  /** What it says in words. */
  message: string
  /** The whole event with its envelope. */
  envelope: Record<string, unknown>
}

export interface EventFilter {
  /** Empty: any. */
  detailType: string
  /** Part of an order's id; empty: any, also events of no order. */
  orderId: string
  /** Text anywhere in the event; upper and lower case are the same. */
  text: string
}

const Envelope = v.pipe(
  v.string(),
  v.parseJson(),
  v.looseObject({
    id: v.string(),
    'detail-type': v.string(),
    detail: v.fallback(
      v.looseObject({
        at: v.optional(v.number()),
        orderId: v.optional(v.string()),
        Message: v.optional(v.string()),
      }),
      {},
    ),
  }),
)

/** The event in a line of the log; null in a line that holds none. */
export function eventOf(line: LogLine): BusEvent | null {
  const parsed = v.safeParse(Envelope, line.text)
  if (!parsed.success) return null
  const { id, detail, 'detail-type': detailType } = parsed.output
  const { at = line.ts, orderId = null, Message: message = '' } = detail
  return { id, detailType, ts: at, orderId, message, envelope: parsed.output }
}

export function matches(event: BusEvent, { detailType, orderId, text }: EventFilter): boolean {
  return (
    (detailType === '' || event.detailType === detailType) &&
    (orderId === '' || (event.orderId ?? '').includes(orderId)) &&
    (text === '' || JSON.stringify(event.envelope).toLowerCase().includes(text.toLowerCase()))
  )
}

/** Both lists as one, newest first, each event once; at most `most`. EventBridge may deliver an event twice. */
export function withNewer(events: readonly BusEvent[], newer: readonly BusEvent[], most: number): BusEvent[] {
  const byId = new Map([...events, ...newer].map((event) => [event.id, event]))
  return [...byId.values()].sort((one, other) => other.ts - one.ts).slice(0, most)
}
