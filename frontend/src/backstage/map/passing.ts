/** What of the map an order passes, by what was heard of it. Pure. */
import type { BusEvent } from '../events/bus-event'
import type { BusRule } from '../events/bus-rules'
import { edgeId } from '../executions/graph'
import type { Visit } from '../executions/way'
import { partOf } from './part-names'
import type { System } from './system'

export interface Passage {
  /** ms since 1970 */
  ts: number
  /** Of parts and arrows. */
  ids: string[]
}

/** @param matched - the rules that the event matches. */
export function byEvent(event: BusEvent, busName: string, matched: readonly BusRule[]): Passage {
  const bus = `bus:${busName}`
  const ids = matched.flatMap(({ name, targets }) => {
    const rule = `rule:${name}`
    return [
      edgeId(bus, rule),
      rule,
      ...targets.flatMap(({ arn }) => [edgeId(rule, partOf(arn)), partOf(arn)]),
    ]
  })
  return { ts: event.ts, ids: [bus, ...ids] }
}

/** A state that the workflow came to: what it calls is passed with it. */
export function byVisit({ state, enteredTs }: Visit, { parts, calls }: System): Passage {
  const workflow = parts.find(({ kind }) => kind === 'workflow')?.id ?? ''
  const called = calls.get(state)
  return { ts: enteredTs, ids: [workflow, ...(called ? [edgeId(workflow, called), called] : [])] }
}

/** A request that an API handed to a function. */
export function byRequest(functionName: string, ts: number, { arrows }: System): Passage {
  const called = `function:${functionName}`
  const ways = arrows.filter(({ from, to }) => to === called && from.startsWith('api:'))
  return { ts, ids: [...ways.flatMap(({ id, from }) => [from, id]), called] }
}
