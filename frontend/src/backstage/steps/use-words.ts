/** What happened at a moment, in words. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'

import type { StateGraph, StateNode } from '../executions/graph'
import { shortNameOf } from '../map/part-names'
import type { System } from '../map/system'
import type { Moment } from './moments'

type Words = (moment: Moment, graph: StateGraph | null, system: System | null) => string

export function useMomentWords(): Words {
  const { t } = useI18n()
  const events = computed<Record<string, string>>(() => ({
    'Validator.NewOrder': t('backstage.steps.newOrder'),
    'OrderProcessor.WorkflowStarted': t('backstage.steps.workflowStarted'),
    'OrderProcessor.WaitingCompletion': t('backstage.steps.numbered'),
    'OrderManager.WaitingCompletion': t('backstage.steps.submitted'),
    'OrderManager.MakeOrder': t('backstage.steps.make'),
    'OrderManager.OrderCompleted': t('backstage.steps.completed'),
    'OrderManager.OrderRecalled': t('backstage.steps.recalled'),
    'OrderManager.OrderCancelled': t('backstage.steps.cancelled'),
    'OrderManager.OrderFailed': t('backstage.steps.broken'),
    'OrderProcessor.OrderTimeOut': t('backstage.steps.timedOut'),
    'OrderProcessor.ShopUnavailable': t('backstage.steps.turnedAway'),
    'OrderProcessor.orderFinished': t('backstage.steps.finished'),
  }))

  function ofState({ id, kind }: StateNode, called: string | undefined): string {
    const names = { state: id, called: shortNameOf(called?.split(':')[1] ?? '') }
    if (kind === 'callback') return t('backstage.steps.waits', names)
    if (kind === 'choice') return t('backstage.steps.decides', names)
    if (kind === 'succeed') return t('backstage.steps.ends', names)
    if (kind === 'fail') return t('backstage.steps.fails', names)
    if (!called) return t('backstage.steps.comes', names)
    return called.startsWith('table:')
      ? t('backstage.steps.usesTable', names)
      : t('backstage.steps.calls', names)
  }

  return (moment, graph, system) => {
    if (moment.kind === 'event') return events.value[moment.event.detailType] ?? moment.event.message
    const { state } = moment.visit
    if (moment.kind === 'failure') return t('backstage.steps.failure', { state, error: moment.error })
    const node = graph?.nodes.find(({ id }) => id === state)
    return node ? ofState(node, system?.calls.get(state)) : t('backstage.steps.comes', { state })
  }
}
