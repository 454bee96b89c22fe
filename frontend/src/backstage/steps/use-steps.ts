/** All that is replayed of one order: its moments, the workflow's way, and the rules that its events matched. */
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { computed, shallowRef, type ComputedRef, type Ref } from 'vue'

import { useBar } from '@/shared/bar'

import { useClient } from '../cloud/client'
import { nameOf } from '../cloud/names'
import { together, usePolling, type Polling } from '../cloud/polling'
import { BusRules, type BusRule } from '../events/bus-rules'
import type { Execution, Executions } from '../executions/executions'
import { useWay } from '../executions/use-way'
import type { Way } from '../executions/way'
import { useOrder, type OrderStory } from '../orders/use-order'
import { momentsOf, type Moment } from './moments'

const EVERY_MS = 1500

export interface Steps extends Pick<OrderStory, 'row' | 'polling'> {
  moments: ComputedRef<Moment[]>
  way: Readonly<Ref<Way>>
  /** The rules that each event matched, by the event's id. */
  matched: Readonly<Ref<ReadonlyMap<string, readonly BusRule[]>>>
}

export function useSteps(orderId: string, executions: Executions): Steps {
  const { row, events, polling: ordering } = useOrder(orderId)
  const arn = computed(() => row.value?.executionArn ?? null)
  const execution = shallowRef<Execution | null>(null)
  const isOver = computed(() => execution.value !== null && execution.value.status !== 'RUNNING')
  const describing = usePolling(
    async () => {
      execution.value = arn.value ? await executions.named(nameOf(arn.value)) : null
    },
    () => (arn.value && !isOver.value ? EVERY_MS : null),
  )
  const { way, polling: following } = useWay(executions, execution)
  const { matched, polling: matching } = useMatched(events)
  const moments = computed(() => momentsOf(events.value, way.value))
  return { row, moments, way, matched, polling: together(ordering, describing, following, matching) }
}

function useMatched(events: OrderStory['events']): { matched: Steps['matched']; polling: Polling } {
  const rules = new BusRules(useClient(EventBridgeClient), useBar().configuration.eventBusName)
  const matched = shallowRef<ReadonlyMap<string, readonly BusRule[]>>(new Map())
  const fresh = computed(() => events.value.filter(({ id }) => !matched.value.has(id)))

  const polling = usePolling(
    async () => {
      const found = await Promise.all(
        fresh.value.map(async ({ id, envelope }) => [id, await rules.matched(envelope)] as const),
      )
      matched.value = new Map([...matched.value, ...found])
    },
    () => (fresh.value.length > 0 ? EVERY_MS : null),
  )
  return { matched, polling }
}
