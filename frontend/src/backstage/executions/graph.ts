/**
 * A workflow's definition as nodes and edges. Pure.
 *
 * Names of states are unique in a whole definition, so they are the nodes' ids. The states of a Parallel's branches
 * and of a Map stand between it and what comes after it.
 */
import { partsOf, type Definition, type State } from './definition'

export type NodeKind = 'task' | 'callback' | 'choice' | 'group' | 'pause' | 'pass' | 'succeed' | 'fail'

export interface StateNode {
  id: string
  kind: NodeKind
  comment: string
  /** What a task calls: `lambda`, `dynamodb`; empty for any other state. */
  service: string
  isStart: boolean
}

/** Of several ways between the same two states there is one edge, of the first of these kinds. */
export type EdgeKind = 'next' | 'choice' | 'default' | 'part' | 'catch'

export interface StateEdge {
  id: string
  from: string
  to: string
  kind: EdgeKind
  /** Which errors lead here; empty for any other edge. */
  errors: string[]
}

export interface StateGraph {
  nodes: StateNode[]
  edges: StateEdge[]
}

type Way = Omit<StateEdge, 'id'>

/** Of a way from one box of a picture to another. */
export function edgeId(from: string, to: string): string {
  return `${from} → ${to}`
}

export function graphOf(definition: Definition): StateGraph {
  const nodes = nodesOf(definition)
  return {
    nodes: nodes.map((node) => ({ ...node, isStart: node.id === definition.StartAt })),
    edges: merged(waysOf(definition)),
  }
}

function nodesOf({ States }: Definition): StateNode[] {
  return Object.entries(States).flatMap(([id, state]) => [
    nodeOf(id, state),
    ...partsOf(state).flatMap(nodesOf),
  ])
}

function nodeOf(id: string, state: State): StateNode {
  const { Comment = '', Resource } = state
  return { id, kind: kindOf(state), comment: Comment, service: serviceOf(Resource), isStart: false }
}

const KINDS: Readonly<Record<string, NodeKind>> = {
  Choice: 'choice',
  Parallel: 'group',
  Map: 'group',
  Wait: 'pause',
  Succeed: 'succeed',
  Fail: 'fail',
  Task: 'task',
}

function kindOf({ Type, Resource = '' }: State): NodeKind {
  if (Resource.endsWith('.waitForTaskToken')) return 'callback'
  return KINDS[Type] ?? 'pass'
}

/** `arn:aws:states:::dynamodb:updateItem` calls dynamodb, `arn:aws:lambda:...:function:name` lambda. */
function serviceOf(resource = ''): string {
  const [, , service = '', , , integration = ''] = resource.split(':')
  return service === 'states' ? integration : service
}

/** @param after - where a part goes on that has come to its end; null at the end of the whole. */
function waysOf({ States }: Definition, after: string | null = null): Way[] {
  return Object.entries(States).flatMap(([from, state]) => waysFrom(from, state, after))
}

function waysFrom(from: string, state: State, after: string | null): Way[] {
  const parts = partsOf(state)
  const next = state.Next ?? (isEnd(state) ? after : null)
  return [
    ...(next && parts.length === 0 ? [way(from, next, 'next')] : []),
    ...parts.flatMap((part) => [way(from, part.StartAt, 'part'), ...waysOf(part, next)]),
    ...(state.Choices ?? []).map((choice) => way(from, choice.Next, 'choice')),
    ...(state.Default ? [way(from, state.Default, 'default')] : []),
    ...(state.Catch ?? []).map(({ ErrorEquals, Next }) => way(from, Next, 'catch', ErrorEquals)),
  ]
}

/** Whether the state ends the part that it is in. A Fail ends the whole workflow. */
function isEnd({ Type, End }: State): boolean {
  return End === true || Type === 'Succeed'
}

function way(from: string, to: string, kind: EdgeKind, errors: string[] = []): Way {
  return { from, to, kind, errors }
}

function merged(ways: Way[]): StateEdge[] {
  const edges = new Map<string, StateEdge>()
  for (const one of ways) {
    const id = edgeId(one.from, one.to)
    const known = edges.get(id)
    if (known) known.errors.push(...one.errors)
    else edges.set(id, { ...one, id, errors: [...one.errors] })
  }
  return [...edges.values()]
}
