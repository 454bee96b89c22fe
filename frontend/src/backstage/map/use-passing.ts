/**
 * What passes through the bar since the map was opened. Heard of the events on the bus, of the executions of the orders
 * that these are about, and of the API's log; nothing else is asked.
 */
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { computed, watch, type Ref } from 'vue'

import { useBar } from '@/shared/bar'

import { useClient } from '../cloud/client'
import { LogTail } from '../cloud/log-tail'
import { functionLogGroup } from '../cloud/names'
import { usePolling, type Polling } from '../cloud/polling'
import type { BusEvent } from '../events/bus-event'
import { BusRules } from '../events/bus-rules'
import { useEventStream } from '../events/use-event-stream'
import type { Executions } from '../executions/executions'
import { wayOf } from '../executions/way'
import { invocationsOf } from '../functions/invocation'
import { rowsOf } from '../orders/rows'
import { byEvent, byRequest, byVisit, type Passage } from './passing'
import type { System } from './system'

const EVERY_MS = 1500
/** In a rush the newest events are enough to see that there is one. */
const MOST_EVENTS = 20

export function usePassing(
  system: Readonly<Ref<System | null>>,
  executions: Executions,
  hear: (passages: Passage[]) => void,
): { last: Readonly<Ref<BusEvent | null>>; polling: Polling } {
  const { configuration, clock } = useBar()
  const openedTs = clock.now()
  const dynamo = useClient(DynamoDBClient)
  const rules = new BusRules(useClient(EventBridgeClient), configuration.eventBusName)
  const { events, polling } = useEventStream(false)
  const since = new Map<string, number>() // how far the executions were heard of, by their ARNs

  watch(events, async (now, before) => {
    const known = new Set(before.map(({ id }) => id))
    const fresh = now.filter(({ id, ts }) => ts >= openedTs && !known.has(id)).slice(0, MOST_EVENTS)
    if (fresh.length === 0 || !system.value) return
    const heard = await Promise.all([...fresh.map(ofEvent), ofOrders(fresh, system.value)])
    hear(heard.flat())
  })

  async function ofEvent(event: BusEvent): Promise<Passage[]> {
    const matched = await rules.matched(event.envelope)
    return [byEvent(event, configuration.eventBusName, matched)]
  }

  async function ofOrders(fresh: readonly BusEvent[], on: System): Promise<Passage[]> {
    const rows = await rowsOf(
      dynamo,
      fresh.flatMap(({ orderId }) => orderId ?? []),
    )
    const arns = [...rows.values()].flatMap(({ executionArn }) => executionArn ?? [])
    return (await Promise.all(arns.map((arn) => ofExecution(arn, on)))).flat()
  }

  async function ofExecution(arn: string, on: System): Promise<Passage[]> {
    const { visits } = wayOf(await executions.history(arn))
    const fresh = visits.filter(({ enteredTs }) => enteredTs > (since.get(arn) ?? openedTs))
    since.set(arn, visits.at(-1)?.enteredTs ?? openedTs)
    return fresh.map((visit) => byVisit(visit, on))
  }

  useRequests(system, openedTs, hear)
  return { last: computed(() => events.value.find(({ ts }) => ts >= openedTs) ?? null), polling }
}

/** Requests about an order, by the log of the function that the API hands them to. */
function useRequests(
  system: Readonly<Ref<System | null>>,
  openedTs: number,
  hear: (passages: Passage[]) => void,
): void {
  const logs = useClient(CloudWatchLogsClient)
  const names = computed(() => {
    const arrows = system.value?.arrows ?? []
    return [
      ...new Set(
        arrows.filter(({ from }) => from.startsWith('api:')).map(({ to }) => to.replace('function:', '')),
      ),
    ]
  })
  const tails = new Map<string, LogTail>()

  async function read(name: string, on: System): Promise<Passage[]> {
    const tail = tails.get(name) ?? new LogTail(logs, functionLogGroup(name), openedTs)
    tails.set(name, tail)
    return invocationsOf(await tail.read())
      .filter(({ remarks }) => remarks.some(({ text }) => text.includes('"orderId"')))
      .map(({ ts }) => byRequest(name, ts, on))
  }

  usePolling(
    async () => {
      const on = system.value
      if (on) hear((await Promise.all(names.value.map((name) => read(name, on)))).flat())
    },
    () => (system.value ? EVERY_MS : null),
  )
}
