/** What an invocation was about, as its own lines say (`chalicelib/http.py`, `chalicelib/observability.py`). Pure. */
import * as v from 'valibot'

import type { Tone } from '../frame/tones'
import type { Invocation } from './invocation'

export interface About {
  /** `PUT /orders/{order_id} cancel`; null for what is no request of the HTTP API. */
  request: string | null
  /** HTTP's; null before it was answered. */
  status: number | null
  orderId: string | null
}

const Said = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    method: v.optional(v.string()),
    path: v.optional(v.string()),
    action: v.optional(v.string()),
    status: v.optional(v.number()),
    orderId: v.optional(v.string()),
  }),
)

/** The last line knows most. */
export function aboutOf({ remarks }: Pick<Invocation, 'remarks'>): About {
  const all = remarks.map(({ text }) => v.safeParse(Said, text))
  const said = Object.assign(
    {},
    ...all.map(({ success, output }) => (success ? output : {})),
  ) as v.InferOutput<typeof Said>
  const { method, path, action, status = null, orderId = null } = said
  return {
    request: method && path ? [method, path, action].filter(Boolean).join(' ') : null,
    status,
    orderId,
  }
}

export function toneOfHttp(status: number): Tone {
  if (status >= 500) return 'bad'
  return status >= 400 ? 'waiting' : 'ready'
}
