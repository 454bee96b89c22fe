/** One order: its row and its events, followed until it has ended. */
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { shallowRef, type Ref } from 'vue'

import { ENDED } from '@/shared/api/contract'

import { useClient } from '../cloud/client'
import { LogTail } from '../cloud/log-tail'
import { EVENTS_LOG_GROUP } from '../cloud/names'
import { usePolling, type Polling } from '../cloud/polling'
import { eventOf, withNewer, type BusEvent } from '../events/bus-event'
import type { OrderRow } from './row'
import { rowsOf } from './rows'

const EVERY_MS = 1500
const EVERY_MS_ONCE_ENDED = 10_000 // the last events come after the end
const BEFORE_MS = 5_000
const AFTER_MS = 10 * 60_000
const MOST_EVENTS = 200

export interface OrderStory {
  /** null before it came, and where there is no such order. */
  row: Readonly<Ref<OrderRow | null>>
  /** Newest first. */
  events: Readonly<Ref<BusEvent[]>>
  polling: Polling
}

export function useOrder(orderId: string): OrderStory {
  const dynamo = useClient(DynamoDBClient)
  const logs = useClient(CloudWatchLogsClient)
  const row = shallowRef<OrderRow | null>(null)
  const events = shallowRef<BusEvent[]>([])
  let tail: LogTail | undefined

  async function read(): Promise<void> {
    row.value = (await rowsOf(dynamo, [orderId])).get(orderId) ?? null
    if (!row.value) return
    tail ??= new LogTail(logs, EVENTS_LOG_GROUP, row.value.createdTs - BEFORE_MS, endOf(row.value))
    const lines = (await tail.read()).filter(({ text }) => text.includes(orderId))
    const newer = lines.flatMap((line) => eventOf(line) ?? []).filter((event) => event.orderId === orderId)
    events.value = withNewer(events.value, newer, MOST_EVENTS)
  }

  const hasEnded = () => row.value !== null && ENDED.has(row.value.orderState)
  return { row, events, polling: usePolling(read, () => (hasEnded() ? EVERY_MS_ONCE_ENDED : EVERY_MS)) }
}

/** Until when the log is read: not for days where the order ended long ago. */
function endOf({ orderState, updatedTs }: OrderRow): number | undefined {
  return ENDED.has(orderState) ? updatedTs + AFTER_MS : undefined
}
