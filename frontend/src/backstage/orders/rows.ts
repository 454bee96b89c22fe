/** Reads rows of orders. */
import { BatchGetItemCommand, paginateScan, type DynamoDBClient } from '@aws-sdk/client-dynamodb'

import { ORDERS_TABLE } from '@/shared/orders-table'

import { rowOf, type OrderRow } from './row'

/** DynamoDB gives no more than 100 at once; nobody shows as many. */
export async function rowsOf(
  dynamo: DynamoDBClient,
  orderIds: readonly string[],
): Promise<Map<string, OrderRow>> {
  if (orderIds.length === 0) return new Map()
  const Keys = [...new Set(orderIds)].map((orderId) => ({ orderId: { S: orderId } }))
  const command = new BatchGetItemCommand({ RequestItems: { [ORDERS_TABLE]: { Keys } } })
  const rows = ((await dynamo.send(command)).Responses?.[ORDERS_TABLE] ?? []).flatMap(
    (item) => rowOf(item) ?? [],
  )
  return new Map(rows.map((row) => [row.orderId, row]))
}

/** Every order that the table has: for a search, which a table of a local bar can bear. */
export async function allRows(dynamo: DynamoDBClient): Promise<OrderRow[]> {
  const rows: OrderRow[] = []
  for await (const { Items = [] } of paginateScan({ client: dynamo }, { TableName: ORDERS_TABLE })) {
    rows.push(...Items.flatMap((item) => rowOf(item) ?? []))
  }
  return rows
}
