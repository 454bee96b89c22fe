/** The bar's events as they happen. */
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { shallowRef, toValue, type MaybeRefOrGetter, type Ref } from 'vue'

import { useBar } from '@/shared/bar'

import { useClient } from '../cloud/client'
import { LogTail } from '../cloud/log-tail'
import { EVENTS_LOG_GROUP } from '../cloud/names'
import { usePolling, type Polling } from '../cloud/polling'
import { eventOf, withNewer, type BusEvent } from './bus-event'

const EVERY_MS = 1500
const LOOK_BACK_MS = 60 * 60 * 1000
const MOST = 1000

/** @param isPaused - whether nothing is asked for; what happened meanwhile comes afterwards. */
export function useEventStream(isPaused: MaybeRefOrGetter<boolean>): {
  events: Readonly<Ref<BusEvent[]>>
  /** From when on they are read, ms since 1970. */
  since: number
  polling: Polling
} {
  const since = useBar().clock.now() - LOOK_BACK_MS
  const tail = new LogTail(useClient(CloudWatchLogsClient), EVENTS_LOG_GROUP, since)
  const events = shallowRef<BusEvent[]>([])
  const polling = usePolling(
    async () => {
      const newer = (await tail.read()).flatMap((line) => eventOf(line) ?? [])
      if (newer.length > 0) events.value = withNewer(events.value, newer, MOST)
    },
    () => (toValue(isPaused) ? null : EVERY_MS),
  )
  return { events, since, polling }
}
