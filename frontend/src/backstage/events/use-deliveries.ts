/** Who heard an event, and what came of it, followed until nothing more is to come. */
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { SFNClient } from '@aws-sdk/client-sfn'
import { computed, shallowRef, type ComputedRef } from 'vue'

import type { Problem } from '@/shared/api/problems'
import { useBar } from '@/shared/bar'

import { useClient } from '../cloud/client'
import { usePolling, type Polling } from '../cloud/polling'
import { cloudProblem } from '../cloud/problem'
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
  const trouble = shallowRef<Problem | null>(null) // some target's; the others are asked as often as before

  const targets = () => (answers.value ?? []).flatMap((one) => (one.hasMatched ? one.rule.targets : []))
  const isDead = ({ name }: Target) =>
    letters.value.some(({ eventId, target }) => eventId === event.id && target === name)

  function traceOf(target: Target): Trace | null {
    const trace = found.value.get(target.arn)
    return trace ? settled(trace, isDead(target), clock.now() - event.ts) : null
  }

  async function ask() {
    const matched = await busRules.matched(event.envelope)
    return (await busRules.all()).map((rule) => ({ rule, hasMatched: matched.includes(rule) }))
  }

  async function look(target: Target): Promise<void> {
    const trace = await traces.of(target, event)
    found.value = new Map([...found.value, [target.arn, trace]])
  }

  /** Each target by itself: one that is slow, or cannot be asked, keeps back nothing of the others. */
  async function read(): Promise<void> {
    answers.value ??= await ask()
    const looks = await Promise.allSettled(open().map(look))
    const refused = looks.find((one) => one.status === 'rejected')
    if (refused && looks.every(({ status }) => status === 'rejected')) throw refused.reason
    trouble.value = refused ? await cloudProblem(refused.reason) : null
  }

  const open = () => targets().filter((target) => isOpen(traceOf(target) ?? { outcome: 'waiting' }))
  const isDone = () => answers.value !== null && open().length === 0
  const asking = usePolling(read, () => (isDone() ? null : EVERY_MS))
  const polling = { ...asking, problem: computed(() => asking.problem.value ?? trouble.value) }

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
