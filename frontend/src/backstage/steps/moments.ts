/**
 * The moments of an order, in their order: what was told of it on the bus, and the states that its workflow came to.
 * Pure.
 */
import type { BusEvent } from '../events/bus-event'
import { edgeId } from '../executions/graph'
import type { Visit, Way } from '../executions/way'

interface At {
  /** ms since 1970 */
  ts: number
  /** How many states the workflow had come to by then. */
  visited: number
}

export type Moment =
  | (At & { kind: 'event'; event: BusEvent })
  | (At & { kind: 'state'; visit: Visit })
  | (At & { kind: 'failure'; visit: Visit; error: string })

/** @param events - of one order, in any order. */
export function momentsOf(events: readonly BusEvent[], { visits }: Pick<Way, 'visits'>): Moment[] {
  const moments = [
    ...events.map((event): Moment => ({ kind: 'event', ts: event.ts, visited: 0, event })),
    ...visits.flatMap(ofVisit),
  ].toSorted((one, other) => one.ts - other.ts)
  let visited = 0
  return moments.map((moment) => {
    if (moment.kind === 'state') visited += 1
    return { ...moment, visited }
  })
}

function ofVisit(visit: Visit): Moment[] {
  const { enteredTs, exitedTs, failure } = visit
  const came: Moment = { kind: 'state', ts: enteredTs, visited: 0, visit }
  if (!failure || exitedTs === null) return [came]
  return [came, { kind: 'failure', ts: exitedTs, visited: 0, visit, error: failure.error }]
}

/** The workflow's way as far as it had come by then; where it was, it still was. */
export function wayAt({ visits, edges }: Way, { ts, visited }: At): Way {
  const sofar = visits.slice(0, visited).map((visit) => asItWas(visit, ts))
  const byState = new Map(sofar.map((visit) => [visit.state, visit]))
  const pairs = sofar.flatMap(({ state }) => sofar.map((other) => edgeId(state, other.state)))
  return { visits: sofar, edges: new Set(pairs.filter((pair) => edges.has(pair))), byState }
}

function asItWas(visit: Visit, ts: number): Visit {
  if (visit.exitedTs !== null && visit.exitedTs <= ts) return visit
  return { ...visit, exitedTs: null, output: null, failure: null, outcome: 'running' }
}
