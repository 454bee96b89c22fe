/**
 * How many orders of a shop wait, are in work and are ready, counted in the table of a local bar: the API tells that to
 * baristas only, and nobody is signed in here.
 *
 * Three plain requests, as a local cloud takes them from its own pages; AWS's client for them weighs more than this page.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html
 */
import ky from 'ky'
import * as v from 'valibot'

import type { OrderState } from '@/shared/api/contract'
import { ORDERS_TABLE } from '@/shared/orders-table'
import { READY_FOR_MS } from '@/shared/ready-for'

export interface OrderCounts {
  waiting: number
  inWork: number
  ready: number
}

export interface Table {
  endpointUrl: string
  region: string
  eventId: string
}

const Answer = v.object({ Count: v.number() })

/** @param now - the bar's time, ms since 1970. */
export async function countOrders(
  table: Table,
  now: number,
  fetch = globalThis.fetch.bind(globalThis),
): Promise<OrderCounts> {
  const count = (state: OrderState, since?: number) => ask(table, query(table.eventId, state, since), fetch)
  const [waiting, inWork, ready] = await Promise.all([
    count('SUBMITTED'),
    count('IN_PRODUCTION'),
    count('COMPLETED', now - READY_FOR_MS),
  ])
  return { waiting, inWork, ready }
}

async function ask(
  { endpointUrl, region }: Table,
  json: object,
  fetch: typeof globalThis.fetch,
): Promise<number> {
  const headers = {
    'Content-Type': 'application/x-amz-json-1.0',
    'X-Amz-Target': 'DynamoDB_20120810.Query',
    // Names the account and the region; a local cloud checks no signature.
    Authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=none`,
  }
  return v.parse(Answer, await ky.post(endpointUrl, { headers, json, fetch, retry: 0 }).json()).Count
}

/** The newest first: an answer holds about 1500 orders, and what became ready lately is among them. */
function query(eventId: string, state: OrderState, since?: number): object {
  return {
    TableName: ORDERS_TABLE,
    IndexName: 'by-state',
    Select: 'COUNT',
    ScanIndexForward: false,
    KeyConditionExpression: 'shopState = :state',
    ...(since !== undefined && { FilterExpression: 'updatedTs > :since' }),
    ExpressionAttributeValues: {
      ':state': { S: `${eventId}#${state}` },
      ...(since !== undefined && { ':since': { N: since.toString() } }),
    },
  }
}
