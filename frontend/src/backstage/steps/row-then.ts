/**
 * An order's row as it was at a moment, as far as anything says so: events carry some of it, and the workflow's own
 * writes are in its history. DynamoDB keeps no earlier rows; only from the last write on the whole row is known, also of
 * the workflow's, which do not all change the row's time. Pure.
 */
import { ORDERS_TABLE } from '@/shared/orders-table'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import * as v from 'valibot'

import type { BusEvent } from '../events/bus-event'
import type { Visit } from '../executions/way'
import type { OrderRow } from '../orders/row'
import type { Moment } from './moments'

export interface RowThen {
  fields: Record<string, unknown>
  /** Whether this is all of it, and not just what was told. */
  isWhole: boolean
}

/** Fields that events carry under the row's own names. */
const TOLD = [
  'orderId',
  'eventId',
  'userId',
  'orderState',
  'orderNumber',
  'drinkOrder',
  'reason',
  'baristaUserId',
]

/** States that follow from what an event is about, where it does not carry one. */
const MEANT: Readonly<Record<string, string>> = {
  'Validator.NewOrder': 'CREATED',
}

const Write = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    TableName: v.literal(ORDERS_TABLE),
    UpdateExpression: v.string(),
    ExpressionAttributeValues: v.record(v.string(), v.unknown()),
  }),
)

/** @param step - the place of the moment that is meant. */
export function rowThen(moments: readonly Moment[], step: number, row: OrderRow): RowThen {
  const sofar = moments.slice(0, step + 1)
  const isLast = (sofar.at(-1)?.ts ?? 0) >= row.updatedTs && !moments.slice(step + 1).some(writes)
  if (isLast) return { fields: row, isWhole: true }
  const fields: Record<string, unknown> = {}
  for (const moment of sofar) {
    Object.assign(fields, moment.kind === 'event' ? toldBy(moment.event) : writtenBy(moment.visit))
  }
  return { fields, isWhole: false }
}

function writes(moment: Moment): boolean {
  return moment.kind === 'state' && Object.keys(writtenBy(moment.visit)).length > 0
}

function toldBy({ detailType, envelope }: BusEvent): Record<string, unknown> {
  const detail = envelope.detail as Record<string, unknown>
  const told = TOLD.filter((name) => detail[name] !== undefined && detail[name] !== null)
  const meant = MEANT[detailType] ?? claimed(detailType, detail)
  return {
    ...(meant && { orderState: meant }),
    ...Object.fromEntries(told.map((name) => [name, detail[name]])),
  }
}

/** Who claims an order makes it; who puts it back names nobody. */
function claimed(detailType: string, { baristaUserId }: Record<string, unknown>): string | null {
  if (detailType !== 'OrderManager.MakeOrder') return null
  return baristaUserId ? 'IN_PRODUCTION' : 'SUBMITTED'
}

/** What a state of the workflow wrote into the row itself: `SET name = :value`. */
function writtenBy({ call }: Visit): Record<string, unknown> {
  const parsed = v.safeParse(Write, call)
  if (!parsed.success) return {}
  const { UpdateExpression, ExpressionAttributeValues } = parsed.output
  const written = [...UpdateExpression.matchAll(/(\w+) = (:\w+)/g)].map(
    ([, name = '', value = '']): [string, unknown] => [name, ExpressionAttributeValues[value]],
  )
  return unmarshall(Object.fromEntries(written) as Record<string, AttributeValue>)
}
