/**
 * What could not be done, as the dead letter queue has it. Pure.
 *
 * Three kinds of letters come: of a rule's target that could not be reached, of a function that failed at what nobody
 * waits for, of a stream's records that a function could not take. `upkeep/dead_letter.py` reads the same.
 */
import * as v from 'valibot'

import { nameOf } from '../cloud/names'

export interface DeadLetter {
  id: string
  /** When it was given up, ms since 1970. */
  ts: number
  /** The function or state machine that should have done it. */
  target: string
  reason: string
  /** The detail-type of the event at its heart; empty for records of a stream. */
  detailType: string
  orderId: string | null
  content: unknown
}

const Attribute = v.object({ StringValue: v.optional(v.string(), '') })

const Messages = v.object({
  Messages: v.nullish(
    v.array(
      v.object({
        MessageId: v.string(),
        Body: v.string(),
        Attributes: v.looseObject({ SentTimestamp: v.string() }),
        MessageAttributes: v.optional(v.record(v.string(), Attribute), {}),
      }),
    ),
  ),
})

const Event = v.looseObject({
  'detail-type': v.string(),
  detail: v.looseObject({ orderId: v.optional(v.string()) }),
})

const OfFunction = v.looseObject({
  requestContext: v.object({ functionArn: v.string(), condition: v.optional(v.string(), '') }),
  requestPayload: v.optional(v.unknown()),
  responsePayload: v.nullish(v.looseObject({ errorMessage: v.optional(v.string(), '') })),
})

type Content = Pick<DeadLetter, 'target' | 'reason'> & { event: unknown }

/** @param answer - what LocalStack's `/_aws/sqs/messages/...` says; undefined where there is no queue. */
export function lettersOf(answer: unknown): DeadLetter[] {
  const parsed = v.safeParse(Messages, answer)
  const messages = parsed.success ? (parsed.output.Messages ?? []) : []
  return messages.map(letterOf).sort((one, other) => other.ts - one.ts)
}

function letterOf(message: NonNullable<v.InferOutput<typeof Messages>['Messages']>[number]): DeadLetter {
  const content = json(message.Body)
  const { target, reason, event } = ofFunction(content) ?? ofTarget(content, message.MessageAttributes)
  const known = v.safeParse(Event, event)
  return {
    id: message.MessageId,
    ts: Number(message.Attributes.SentTimestamp),
    target,
    reason,
    detailType: known.success ? known.output['detail-type'] : '',
    orderId: known.success ? (known.output.detail.orderId ?? null) : null,
    content: content ?? message.Body,
  }
}

/** "Capturing records of Lambda asynchronous invocations" in Lambda's guide; a stream's batch has no `requestPayload`. */
function ofFunction(content: unknown): Content | null {
  const parsed = v.safeParse(OfFunction, content)
  if (!parsed.success) return null
  const { requestContext, requestPayload, responsePayload } = parsed.output
  const [name = ''] = requestContext.functionArn.split(':').slice(6)
  const said = responsePayload?.errorMessage ?? ''
  return {
    target: name,
    reason: [requestContext.condition, said].filter(Boolean).join(': '),
    event: requestPayload,
  }
}

/** "Using dead-letter queues to process undelivered events" in EventBridge's guide. */
function ofTarget(content: unknown, attributes: Record<string, { StringValue: string }>): Content {
  const text = (name: string) => attributes[name]?.StringValue ?? ''
  return {
    target: nameOf(text('TARGET_ARN')),
    reason: text('ERROR_MESSAGE') || text('ERROR_CODE'),
    event: content,
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
