/** The way through a workflow on which all goes well: the longest that no error leads off and no Fail ends. Pure. */
import type { StateGraph } from './graph'

/** The states of it, in order; of a workflow that can only fail, the first alone. */
export function mainWayOf(graph: StateGraph): string[] {
  const start = graph.nodes.find(({ isStart }) => isStart)
  if (!start) return []
  const way = wayFrom(graph, start.id)
  return way.length > 0 ? way : [start.id]
}

/** The longest way from a state to an end that is no Fail; empty if there is none. */
export function wayFrom({ nodes, edges }: StateGraph, from: string): string[] {
  const failing = new Set(nodes.filter(({ kind }) => kind === 'fail').map(({ id }) => id))
  const onward = edges.filter(({ kind }) => kind !== 'catch')
  const ways = new Map<string, string[]>()

  function follow(id: string): string[] {
    const known = ways.get(id)
    if (known) return known
    ways.set(id, []) // who comes back to a state gets no further by it
    const way = onwards(id)
    ways.set(id, way)
    return way
  }

  function onwards(id: string): string[] {
    const next = onward.filter((edge) => edge.from === id)
    if (next.length === 0) return failing.has(id) ? [] : [id]
    const rest = longest(next.map(({ to }) => follow(to)))
    return rest.length > 0 ? [id, ...rest] : []
  }

  return follow(from)
}

function longest(ways: readonly string[][]): string[] {
  return ways.reduce((best, way) => (way.length > best.length ? way : best), [])
}
