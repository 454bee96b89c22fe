/** Who heard an event, and what came of it, followed until nothing more is to come. */
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { SFNClient } from '@aws-sdk/client-sfn'
import { computed, effectScope, shallowRef, watch, type ComputedRef } from 'vue'

import { useBar } from '@/shared/bar'

import { useClient } from '../cloud/client'
import { together, usePolling, type Polling } from '../cloud/polling'
import { useLetterQueue } from '../dead-letters/letter-queue'
import { useLetters } from '../dead-letters/use-letters'
import { Executions } from '../executions/executions'
import type { BusEvent } from './bus-event'
import { BusRules, type BusRule } from './bus-rules'
import type { Target } from './target'
import { isOpen, settled, type Trace } from './trace'
import { Traces } from './traces'

const EVERY_MS = 2000

export interface Delivery {
  target: Target
  trace: Trace
}

export interface AskedRule {
  rule: BusRule
  /** Its targets, if the event matched it. */
  deliveries: Delivery[] | null
}

/** @param event - the one and only; another event is another component. */
export function useDeliveries(event: BusEvent): {
  /** Those that matched first; null before the bus was asked. */
  rules: ComputedRef<AskedRule[] | null>
  polling: Polling
} {
  const { configuration, clock } = useBar()
  const busRules = new BusRules(useClient(EventBridgeClient), configuration.eventBusName)
  const executions = new Executions(useClient(SFNClient), configuration.orderProcessorArn)
  const traces = new Traces(useClient(CloudWatchLogsClient), executions)
  const { letters } = useLetters(useLetterQueue())
  const answers = shallowRef<{ rule: BusRule; hasMatched: boolean }[] | null>(null)
  const found = shallowRef(new Map<string, Trace>())
  const looking = shallowRef<readonly Polling[]>([])
  const scope = effectScope()

  const targets = () => (answers.value ?? []).flatMap((one) => (one.hasMatched ? one.rule.targets : []))
  const isDead = ({ name }: Target) =>
    letters.value.some(({ eventId, target }) => eventId === event.id && target === name)

  function traceOf(target: Target): Trace | null {
    const trace = found.value.get(target.arn)
    return trace ? settled(trace, isDead(target), clock.now() - event.ts) : null
  }

  const asking = usePolling(
    async () => {
      const matched = await busRules.matched(event.envelope)
      answers.value = (await busRules.all()).map((rule) => ({ rule, hasMatched: matched.includes(rule) }))
    },
    () => (answers.value ? null : EVERY_MS),
  )
  watch(answers, () => {
    looking.value = targets().flatMap((target) => scope.run(() => look(target)) ?? [])
  })

  /** Each target by itself: one that is slow, or cannot be asked, keeps back nothing of the others. */
  function look(target: Target): Polling {
    return usePolling(
      async () => {
        const trace = await traces.of(target, event)
        found.value = new Map([...found.value, [target.arn, trace]]) // anew each time, for it gets older
      },
      () => (isOpen(traceOf(target) ?? { outcome: 'waiting' }) ? EVERY_MS : null),
    )
  }

  const all = computed(() => together(asking, ...looking.value))
  const polling: Polling = {
    problem: computed(() => all.value.problem.value),
    isAnswered: asking.isAnswered,
    again: () => all.value.again(),
  }

  const rules = computed(() => answers.value && matchedFirst(answers.value, traceOf))
  return { rules, polling }
}

function matchedFirst(
  answers: readonly { rule: BusRule; hasMatched: boolean }[],
  traceOf: (target: Target) => Trace | null,
): AskedRule[] {
  const deliveryTo = (target: Target): Delivery[] => {
    const trace = traceOf(target)
    return trace ? [{ target, trace }] : []
  }
  return answers
    .map(({ rule, hasMatched }) => ({
      rule,
      deliveries: hasMatched ? rule.targets.flatMap(deliveryTo) : null,
    }))
    .sort((one, other) => Number(!one.deliveries) - Number(!other.deliveries))
}
