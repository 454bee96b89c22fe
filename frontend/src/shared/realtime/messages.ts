/** What the bar tells over the WebSocket: the bus's detail-types and, of each detail, what pages need to know. */
import * as v from 'valibot'

const Message = v.object({
  type: v.string(),
  detail: v.looseObject({
    eventId: v.optional(v.string()),
    orderId: v.optional(v.string()),
    userId: v.optional(v.string()),
  }),
})

/** One event of the bar; `type` is its detail-type, such as `OrderManager.MakeOrder`. */
export type Message = v.InferOutput<typeof Message>

/** What a ping is answered with. */
const PONG = 'pong'

/** The message in the text that came; null for anything else, such as the answer to a ping. */
export function parseMessage(text: unknown): Message | null {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Message), text)
  return parsed.success && parsed.output.type !== PONG ? parsed.output : null
}
