/**
 * The way of an execution through its states, by its history. Pure.
 *
 * Each event of a history names the one before it (`previousEventId`); following these finds the state that an event
 * of a task belongs to, also where branches run at the same time.
 */
import type { HistoryEvent } from '@aws-sdk/client-sfn'

import { edgeId } from './graph'

export type Outcome = 'running' | 'done' | 'caught' | 'failed'

export interface Failure {
  error: string
  cause: string
  /** ms since 1970 */
  ts: number
}

/** One stay in a state. */
export interface Visit {
  state: string
  outcome: Outcome
  /** ms since 1970 */
  enteredTs: number
  exitedTs: number | null
  input: string
  output: string | null
  /** The last thing that went wrong. */
  failure: Failure | null
  /** All that went wrong, one for each attempt that failed. */
  failures: Failure[]
  /** How often the task was tried; 0 for what is no task. */
  attempts: number
  /** What the task was called with, the last time. */
  call: string | null
}

export interface Way {
  visits: Visit[]
  /** Ids of the edges that were taken. */
  edges: Set<string>
  /** The last stay in each state. */
  byState: Map<string, Visit>
}

interface Walk {
  visits: Visit[]
  edges: Set<string>
  /** The stay that an event belongs to, by the event's id. */
  owners: Map<number, Visit>
}

export function wayOf(events: readonly HistoryEvent[]): Way {
  const walk: Walk = { visits: [], edges: new Set(), owners: new Map() }
  for (const event of events) step(walk, event)
  const { visits, edges } = walk
  return { visits, edges, byState: new Map(visits.map((visit) => [visit.state, visit])) }
}

function step(walk: Walk, event: HistoryEvent): void {
  const before = walk.owners.get(event.previousEventId ?? 0)
  const owner = event.stateEnteredEventDetails ? enter(walk, event, before) : (exitOf(walk, event) ?? before)
  if (owner) walk.owners.set(event.id ?? 0, owner)
  if (isEndOfAll(event)) endAll(walk, event)
  else if (owner) note(owner, event)
}

function enter(walk: Walk, event: HistoryEvent, before: Visit | undefined): Visit {
  const { name = '', input = '' } = event.stateEnteredEventDetails ?? {}
  const visit: Visit = {
    state: name,
    outcome: 'running',
    enteredTs: tsOf(event),
    exitedTs: null,
    input,
    output: null,
    failure: null,
    failures: [],
    attempts: 0,
    call: null,
  }
  walk.visits.push(visit)
  if (before) walk.edges.add(edgeId(before.state, name))
  return visit
}

function exitOf(walk: Walk, event: HistoryEvent): Visit | undefined {
  const { stateExitedEventDetails: exited } = event
  const visit =
    exited && walk.visits.findLast(({ state, exitedTs }) => state === exited.name && exitedTs === null)
  if (!visit) return undefined
  visit.exitedTs = tsOf(event)
  visit.output = exited.output ?? null
  visit.outcome = visit.failure ? 'caught' : 'done'
  return visit
}

function note(visit: Visit, event: HistoryEvent): void {
  const type: string = event.type ?? ''
  if (/(Task|Function|Activity)Scheduled$/.test(type)) visit.attempts += 1
  if (/(Task|Function|Activity)Succeeded$/.test(type)) visit.failure = null
  fail(visit, event)
  visit.call = callOf(event) ?? visit.call
}

function callOf({
  taskScheduledEventDetails,
  lambdaFunctionScheduledEventDetails,
}: HistoryEvent): string | undefined {
  return taskScheduledEventDetails?.parameters ?? lambdaFunctionScheduledEventDetails?.input
}

function isEndOfAll({ type }: HistoryEvent): boolean {
  return /^Execution(Failed|TimedOut|Aborted|Succeeded)$/.test(type ?? '')
}

/** What was still open when the execution ended, ended with it. */
function endAll(walk: Walk, event: HistoryEvent): void {
  for (const visit of walk.visits.filter(({ exitedTs }) => exitedTs === null)) {
    visit.exitedTs = tsOf(event)
    visit.outcome = event.type === 'ExecutionSucceeded' ? 'done' : 'failed'
    fail(visit, event)
  }
}

function fail(visit: Visit, event: HistoryEvent): void {
  const failure = failureOf(event)
  if (!failure) return
  visit.failure = failure
  visit.failures.push(failure)
}

/** The details of an event are under a name of its own: `taskFailedEventDetails`, `executionAbortedEventDetails`. */
function failureOf(event: HistoryEvent): Failure | null {
  const type: string = event.type ?? ''
  if (!/(Failed|TimedOut|Aborted)$/.test(type)) return null
  const member = `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`
  const details = (event as unknown as Record<string, { error?: string; cause?: string } | undefined>)[member]
  return { error: details?.error ?? type, cause: details?.cause ?? '', ts: tsOf(event) }
}

function tsOf({ timestamp }: HistoryEvent): number {
  return timestamp?.getTime() ?? 0
}
