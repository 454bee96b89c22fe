/** An order's row in DynamoDB, as far as this page reads it; the rest is shown as it is. */
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import * as v from 'valibot'

import { DrinkOrder, ORDER_STATES } from '@/shared/api/contract'

const Row = v.looseObject({
  orderId: v.string(),
  orderState: v.picklist(ORDER_STATES),
  createdTs: v.number(),
  updatedTs: v.number(),
  orderNumber: v.optional(v.number()),
  drinkOrder: v.optional(DrinkOrder),
  executionArn: v.optional(v.string()),
  userId: v.optional(v.string()),
  baristaUserId: v.optional(v.string()),
  /** Why it ended without a drink, in the bar's words. */
  reason: v.optional(v.string()),
  /** When its drink was called back, ms since 1970; a second execution makes it again. */
  recalledTs: v.optional(v.number()),
})

export type OrderRow = v.InferOutput<typeof Row>

/** The row; null for one that is no order. */
export function rowOf(item: Record<string, AttributeValue>): OrderRow | null {
  const parsed = v.safeParse(Row, unmarshall(item))
  return parsed.success ? parsed.output : null
}

/** How an order is called: `Flat White, Oat`; null before a drink was chosen. */
export function drinkOf({ drinkOrder }: Pick<OrderRow, 'drinkOrder'>): string | null {
  return drinkOrder ? [drinkOrder.drink, ...drinkOrder.modifiers].join(', ') : null
}
