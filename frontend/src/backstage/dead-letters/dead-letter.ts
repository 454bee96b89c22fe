/**
 * What could not be done, as the dead letter queue has it. Pure.
 *
 * Three kinds of letters come: of a rule's target that could not be reached, of a function that failed at what nobody
 * waits for, of a stream's records that a function could not take. `upkeep/dead_letter.py` reads the same.
 */
import * as v from 'valibot'

import { nameOf } from '../cloud/names'

/** What would do it again: a call of a function, the start of an execution, records handed to a function. */
export type Work =
  | { kind: 'call'; functionArn: string; event: unknown }
  | { kind: 'start'; stateMachineArn: string; event: unknown }
  | { kind: 'batch'; functionArn: string; streamArn: string; shardId: string; first: string; last: string }
  | { kind: 'unknown' }

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
  /** EventBridge's id of that event. */
  eventId: string | null
  work: Work
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
  id: v.optional(v.string()),
  'detail-type': v.string(),
  detail: v.looseObject({ orderId: v.optional(v.string()) }),
})

const OfFunction = v.looseObject({
  requestContext: v.object({ functionArn: v.string(), condition: v.optional(v.string(), '') }),
  requestPayload: v.optional(v.unknown()),
  responsePayload: v.nullish(v.looseObject({ errorMessage: v.optional(v.string(), '') })),
  DDBStreamBatchInfo: v.optional(v.unknown()),
})

const Batch = v.object({
  streamArn: v.string(),
  shardId: v.string(),
  startSequenceNumber: v.string(),
  endSequenceNumber: v.string(),
})

type Content = Pick<DeadLetter, 'target' | 'reason' | 'work'> & { event: unknown }

/** @param answer - what LocalStack's `/_aws/sqs/messages/...` says; undefined where there is no queue. */
export function lettersOf(answer: unknown): DeadLetter[] {
  const parsed = v.safeParse(Messages, answer)
  const messages = parsed.success ? (parsed.output.Messages ?? []) : []
  return messages.map(letterOf).sort((one, other) => other.ts - one.ts)
}

function letterOf(message: NonNullable<v.InferOutput<typeof Messages>['Messages']>[number]): DeadLetter {
  const content = json(message.Body)
  const { event, ...rest } = ofFunction(content) ?? ofTarget(content, message.MessageAttributes)
  const known = v.is(Event, event) ? event : null
  return {
    id: message.MessageId,
    ts: Number(message.Attributes.SentTimestamp),
    ...rest,
    detailType: known?.['detail-type'] ?? '',
    orderId: known?.detail.orderId ?? null,
    eventId: known?.id ?? null,
    content: content ?? message.Body,
  }
}

/** "Capturing records of Lambda asynchronous invocations" in Lambda's guide; a stream's batch has no `requestPayload`. */
function ofFunction(content: unknown): Content | null {
  const parsed = v.safeParse(OfFunction, content)
  if (!parsed.success) return null
  const { requestContext, requestPayload, responsePayload } = parsed.output
  const functionArn = unqualified(requestContext.functionArn)
  const said = responsePayload?.errorMessage ?? ''
  return {
    target: nameOf(functionArn),
    reason: [requestContext.condition, said].filter(Boolean).join(': '),
    event: requestPayload,
    work: workOf(parsed.output, functionArn),
  }
}

function workOf(
  { DDBStreamBatchInfo, requestPayload }: v.InferOutput<typeof OfFunction>,
  functionArn: string,
): Work {
  if (DDBStreamBatchInfo === undefined) return { kind: 'call', functionArn, event: requestPayload }
  const parsed = v.safeParse(Batch, DDBStreamBatchInfo)
  if (!parsed.success) return { kind: 'unknown' }
  const { startSequenceNumber: first, endSequenceNumber: last, ...shard } = parsed.output
  return { kind: 'batch', functionArn, ...shard, first, last }
}

/** Without a version or alias: what failed is done again by the function as it is now. */
function unqualified(functionArn: string): string {
  return functionArn.split(':').slice(0, 7).join(':')
}

/** "Using dead-letter queues to process undelivered events" in EventBridge's guide. */
function ofTarget(content: unknown, attributes: Record<string, { StringValue: string }>): Content {
  const text = (name: string) => attributes[name]?.StringValue ?? ''
  return {
    target: nameOf(text('TARGET_ARN')),
    reason: text('ERROR_MESSAGE') || text('ERROR_CODE'),
    event: content,
    work: deliveryTo(text('TARGET_ARN'), content),
  }
}

function deliveryTo(target: string, event: unknown): Work {
  if (!v.is(Event, event)) return { kind: 'unknown' }
  if (target.includes(':function:')) return { kind: 'call', functionArn: unqualified(target), event }
  return target.includes(':stateMachine:')
    ? { kind: 'start', stateMachineArn: target, event }
    : { kind: 'unknown' }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
