/**
 * The running system as parts and arrows, from what its services say of themselves. Pure.
 *
 * An arrow that sends is configuration: an integration, a rule, a target, a stream, a state. One that may is what a
 * function's role allows it. Functions that nothing here calls are left out, and the tables that only they use.
 */
import type { Definition } from '../executions/definition'
import type { BusRule } from '../events/bus-rules'
import { edgeId } from '../executions/graph'
import { reachedBy, type Statement } from './access'
import { callsOf } from './calls'
import { partOf } from './part-names'

export type PartKind = 'api' | 'sockets' | 'function' | 'bus' | 'rule' | 'workflow' | 'table' | 'log'

export interface Part {
  /** `function:name`, `table:name` */
  id: string
  kind: PartKind
  name: string
}

export interface Arrow {
  id: string
  from: string
  to: string
  kind: 'sends' | 'may'
}

export interface System {
  parts: Part[]
  arrows: Arrow[]
  /** What a state of the workflow calls, by the state's name. */
  calls: Map<string, string>
}

export interface Answers {
  apis: { kind: 'api' | 'sockets'; name: string; functions: string[] }[]
  functions: { name: string; access: Statement[] }[]
  tables: string[]
  bus: { name: string; rules: BusRule[] }
  /** Rules of the account's own bus, which is not drawn: schedules, and what AWS itself tells. */
  otherRules: BusRule[]
  streams: { table: string; function: string }[]
  workflow: { name: string; definition: Definition }
}

export function systemOf(answers: Answers): System {
  const calls = callsOf(answers.workflow.definition)
  const parts = partsOf(answers)
  const arrows = [...sent(answers, calls), ...allowed(answers, parts)]
  const shown = shownOf(parts, arrows)
  return {
    parts: parts.filter(({ id }) => shown.has(id)),
    arrows: unique(arrows).filter(({ from, to }) => shown.has(from) && shown.has(to)),
    calls,
  }
}

function partsOf({ apis, functions, tables, bus, otherRules, workflow }: Answers): Part[] {
  const rules = [...bus.rules, ...otherRules]
  const logs = rules.flatMap(({ targets }) => targets.filter(({ kind }) => kind === 'logGroup'))
  return [
    ...apis.map(({ kind, name }) => part(kind, name)),
    ...functions.map(({ name }) => part('function', name)),
    part('bus', bus.name),
    ...rules.map(({ name }) => part('rule', name)),
    part('workflow', workflow.name),
    ...[...new Set(logs.map(({ name }) => name))].map((name) => part('log', name)),
    ...tables.map((name) => part('table', name)),
  ]
}

function part(kind: PartKind, name: string): Part {
  return { id: `${kind}:${name}`, kind, name }
}

function sent({ apis, bus, otherRules, streams, workflow }: Answers, calls: Map<string, string>): Arrow[] {
  const targets = [...bus.rules, ...otherRules].flatMap(({ name, targets }) =>
    targets.map(({ arn }) => arrow(`rule:${name}`, partOf(arn), 'sends')),
  )
  return [
    ...apis.flatMap(({ kind, name, functions }) =>
      functions.map((called) => arrow(`${kind}:${name}`, `function:${called}`, 'sends')),
    ),
    ...bus.rules.map(({ name }) => arrow(`bus:${bus.name}`, `rule:${name}`, 'sends')),
    ...targets,
    ...streams.map((stream) => arrow(`table:${stream.table}`, `function:${stream.function}`, 'sends')),
    ...[...calls.values()].map((called) => arrow(`workflow:${workflow.name}`, called, 'sends')),
  ]
}

function allowed({ functions }: Answers, parts: readonly Part[]): Arrow[] {
  return functions.flatMap(({ name, access }) =>
    reachedBy(access, parts).map((reached) => arrow(`function:${name}`, reached, 'may')),
  )
}

function arrow(from: string, to: string, kind: Arrow['kind']): Arrow {
  return { id: edgeId(from, to), from, to, kind }
}

function unique(arrows: readonly Arrow[]): Arrow[] {
  return [...new Map(arrows.toReversed().map((one) => [one.id, one])).values()].reverse()
}

function shownOf(parts: readonly Part[], arrows: readonly Arrow[]): Set<string> {
  const called = new Set(arrows.filter(({ kind }) => kind === 'sends').map(({ to }) => to))
  const standing = parts.filter(({ id, kind }) => !['function', 'table'].includes(kind) || called.has(id))
  const ids = new Set(standing.map(({ id }) => id))
  const used = arrows.filter(({ from, to }) => ids.has(from) && to.startsWith('table:'))
  return new Set([...ids, ...used.map(({ to }) => to)])
}
