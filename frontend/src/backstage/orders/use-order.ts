/** One order: its row and its events, followed until it has ended. */
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { ref, shallowRef, type Ref } from 'vue'

import { ENDED } from '@/shared/api/contract'

import { useClient } from '../cloud/client'
import { LOG_EARLY_MS, LogTail, type Lines } from '../cloud/log-tail'
import { EVENTS_LOG_GROUP } from '../cloud/names'
import { usePolling, type Polling } from '../cloud/polling'
import { eventOf, withNewer, type BusEvent } from '../events/bus-event'
import type { OrderRow } from './row'
import { rowsOf } from './rows'

const EVERY_MS = 1500
const EVERY_MS_ONCE_ENDED = 10_000 // the last events come after the end
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
  const isMissing = ref(false)
  let tail: LogTail | undefined

  async function read(): Promise<void> {
    row.value = (await rowsOf(dynamo, [orderId])).get(orderId) ?? null
    isMissing.value = !row.value
    if (!row.value) return
    tail ??= new LogTail(
      logs,
      EVENTS_LOG_GROUP,
      row.value.createdTs - LOG_EARLY_MS,
      linesOf(orderId, row.value),
    )
    const newer = (await tail.read())
      .flatMap((line) => eventOf(line) ?? [])
      .filter((event) => event.orderId === orderId)
    events.value = withNewer(events.value, newer, MOST_EVENTS)
  }

  /** An order that the table has not is not asked for again. */
  const pace = () => {
    if (row.value) return ENDED.has(row.value.orderState) ? EVERY_MS_ONCE_ENDED : EVERY_MS
    return isMissing.value ? null : EVERY_MS
  }
  return { row, events, polling: usePolling(read, pace) }
}

/** The log is not read for days where the order ended long ago. */
function linesOf(text: string, { orderState, updatedTs }: OrderRow): Lines {
  return { text, ...(ENDED.has(orderState) && { until: updatedTs + AFTER_MS }) }
}
