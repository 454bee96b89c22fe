/**
 * What passes through the bar since the map was opened. Heard of the events on the bus, of the executions of the orders
 * that these are about, and of the API's log; nothing else is asked.
 */
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { computed, shallowRef, watch, type Ref } from 'vue'

import { useBar } from '@/shared/bar'

import { useClient } from '../cloud/client'
import { LogTail } from '../cloud/log-tail'
import { functionLogGroup } from '../cloud/names'
import { together, usePolling, type Polling } from '../cloud/polling'
import type { BusEvent } from '../events/bus-event'
import { BusRules } from '../events/bus-rules'
import { useEventStream } from '../events/use-event-stream'
import { ifThere, type Executions } from '../executions/executions'
import { wayOf, type Way } from '../executions/way'
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
  const { events, polling: listening } = useEventStream(false)
  const unheard = shallowRef<readonly BusEvent[]>([])
  const since = new Map<string, number>() // how far the executions were heard of, by their ARNs

  watch(events, (now, before) => {
    const known = new Set(before.map(({ id }) => id))
    const fresh = now.filter(({ id, ts }) => ts >= openedTs && !known.has(id))
    unheard.value = [...fresh, ...unheard.value].slice(0, MOST_EVENTS)
  })

  const following = usePolling(
    async () => {
      const [fresh, on] = [unheard.value, system.value]
      if (!on) return
      const [told, ways] = await Promise.all([Promise.all(fresh.map(ofEvent)), waysOf(fresh)])
      unheard.value = unheard.value.filter((one) => !fresh.includes(one))
      hear([...told, ...ways.flatMap(([arn, way]) => ofExecution(arn, way, on))])
    },
    () => (system.value && unheard.value.length > 0 ? EVERY_MS : null),
  )

  async function ofEvent(event: BusEvent): Promise<Passage> {
    return byEvent(event, configuration.eventBusName, await rules.matched(event.envelope))
  }

  /** The ways of the executions of the orders that these are about, by their ARNs. */
  async function waysOf(fresh: readonly BusEvent[]): Promise<[string, Way][]> {
    const orderIds = fresh.flatMap(({ orderId }) => orderId ?? [])
    const rows = await rowsOf(dynamo, orderIds)
    const arns = [...rows.values()].flatMap(({ executionArn }) => executionArn ?? [])
    return (await Promise.all(arns.map((arn) => wayAt(executions, arn)))).flat()
  }

  function ofExecution(arn: string, { visits }: Way, on: System): Passage[] {
    const fresh = visits.filter(({ enteredTs }) => enteredTs > (since.get(arn) ?? openedTs))
    since.set(arn, visits.at(-1)?.enteredTs ?? openedTs)
    return fresh.map((visit) => byVisit(visit, on))
  }

  const requesting = useRequests(system, openedTs, hear)
  return {
    last: computed(() => events.value.find(({ ts }) => ts >= openedTs) ?? null),
    polling: together(listening, following, requesting),
  }
}

/** An execution's way, by its ARN; none where the execution is not there. */
async function wayAt(executions: Executions, arn: string): Promise<[string, Way][]> {
  const history = await ifThere(executions.history(arn))
  return history ? [[arn, wayOf(history)]] : []
}

/** Requests about an order, by the log of the function that the API hands them to. */
function useRequests(
  system: Readonly<Ref<System | null>>,
  openedTs: number,
  hear: (passages: Passage[]) => void,
): Polling {
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

  async function read(name: string, on: System): Promise<void> {
    const tail = tails.get(name) ?? new LogTail(logs, functionLogGroup(name), openedTs)
    tails.set(name, tail)
    const about = invocationsOf(await tail.read()).filter(({ remarks }) =>
      remarks.some(({ text }) => text.includes('"orderId"')),
    )
    hear(about.map(({ ts }) => byRequest(name, ts, on)))
  }

  return usePolling(
    async () => {
      const on = system.value
      if (on) await Promise.all(names.value.map((name) => read(name, on)))
    },
    () => (system.value ? EVERY_MS : null),
  )
}
