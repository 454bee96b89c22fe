/** Where the states stand, from the top down, so that the way of an order that goes well is straight. */
import { Graph, layout } from '@dagrejs/dagre'

import type { EdgeKind, StateEdge, StateGraph } from './graph'

export const NODE = { width: 230, height: 42 } as const

export interface Place {
  x: number
  y: number
}

/** How strongly an edge pulls its ends together. */
const WEIGHTS: Readonly<Record<EdgeKind, number>> = { next: 20, choice: 20, part: 20, default: 2, catch: 1 }

/** The upper left corner of each state, by its id. */
export function placesOf({ nodes, edges }: StateGraph): Map<string, Place> {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'TB', nodesep: 16, ranksep: 12, align: 'UR' }) // UR: the main way is one column, on the right
  for (const { id } of nodes) graph.setNode(id, { ...NODE })
  for (const { from, to, kind } of shaping(edges)) graph.setEdge(from, to, { weight: WEIGHTS[kind] })
  layout(graph)
  return new Map(nodes.map(({ id }) => [id, cornerOf(graph.node(id) as Place)]))
}

/**
 * The edges that shape the picture. Nearly every state catches errors: of these edges only the last to a state counts,
 * so that it stands low, and only where no other leads there.
 */
function shaping(edges: readonly StateEdge[]): StateEdge[] {
  const reached = new Set(edges.filter(({ kind }) => kind !== 'catch').map(({ to }) => to))
  const lastCatch = new Map(edges.filter(({ to }) => !reached.has(to)).map((edge) => [edge.to, edge]))
  return edges.filter((edge) => edge.kind !== 'catch' || lastCatch.get(edge.to) === edge)
}

function cornerOf({ x, y }: Place): Place {
  return { x: x - NODE.width / 2, y: y - NODE.height / 2 }
}

/** How much room the states take together. */
export function sizeOf(places: ReadonlyMap<string, Place>): { width: number; height: number } {
  const { left, right, top, bottom } = boundsOf(places.values())
  return { width: right - left, height: bottom - top }
}

/** The middle of the room that states take. */
export function middleOf(places: Iterable<Place>): Place {
  const { left, right, top, bottom } = boundsOf(places)
  return { x: (left + right) / 2, y: (top + bottom) / 2 }
}

function boundsOf(places: Iterable<Place>) {
  const corners = [...places]
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)]
  return {
    left: Math.min(...xs),
    right: Math.max(...xs) + NODE.width,
    top: Math.min(...ys),
    bottom: Math.max(...ys) + NODE.height,
  }
}
