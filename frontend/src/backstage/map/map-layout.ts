/** Where the parts of the map stand: from the left, where requests come in, to the tables on the right. */
import { Graph, layout } from '@dagrejs/dagre'

import type { Arrow, Part, System } from './system'

export const BOX = { width: 138, height: 48 } as const
const PITCH = BOX.height + 10

export interface Place {
  x: number
  y: number
}

/** Before all that nothing else here sends anything to, so that it is in one column. */
const OUTSIDE = '\u0000outside'
/** Between the last function and the tables, so that all tables are in one column. */
const BEFORE_TABLES = '\u0000tables'

/** The upper left corner of each part, by its id; the same in whatever order the services named them. */
export function placesOf({ parts, arrows }: System): Map<string, Place> {
  const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1)
  const system = { parts: parts.toSorted(byId), arrows: arrows.toSorted(byId) }
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: 10, ranksep: 12, edgesep: 0 })
  for (const id of [OUTSIDE, BEFORE_TABLES]) graph.setNode(id, { width: 0, height: 0 })
  for (const { id } of system.parts) graph.setNode(id, { ...BOX })
  const shaped = shaping(system)
  for (const { from, to } of shaped) graph.setEdge(from, to, { weight: 4 })
  const inner = new Set(shaped.map(({ to }) => to))
  for (const { id, kind } of system.parts) {
    if (!inner.has(id) && kind !== 'table') graph.setEdge(OUTSIDE, id, { weight: 1 })
    if (kind === 'function') graph.setEdge(id, BEFORE_TABLES, { weight: 0 })
    if (kind === 'table') graph.setEdge(BEFORE_TABLES, id, { weight: 1 })
  }
  layout(graph)
  return new Map(columnsOf(parts, (id) => graph.node(id) as Place).flatMap(stacked))
}

/** dagre says which column a part is in and in what order; the columns from the left. */
function columnsOf(parts: readonly Part[], centreOf: (id: string) => Place): [string, Place][][] {
  const columns = new Map<number, [string, Place][]>()
  for (const { id } of parts) {
    const centre = centreOf(id)
    columns.set(centre.x, [...(columns.get(centre.x) ?? []), [id, centre]])
  }
  return [...columns.values()]
}

/** A column without gaps, its middle as high as every other's, so that all take as little room as the longest. */
function stacked(column: readonly [string, Place][]): [string, Place][] {
  const first = -((column.length - 1) * PITCH + BOX.height) / 2
  return column
    .toSorted(([, one], [, other]) => one.y - other.y)
    .map(([id, { x }], nth) => [id, { x: x - BOX.width / 2, y: first + nth * PITCH }])
}

/** What is told goes to the right. What answers back, such as a function that tells the bus that it hears, does not. */
function shaping({ parts, arrows }: Pick<System, 'parts' | 'arrows'>): Arrow[] {
  const sending = arrows.filter(({ from, kind }) => kind === 'sends' && !from.startsWith('table:'))
  const onward = sending.filter(({ to }) => !to.startsWith('table:'))
  const buses = parts.filter(({ kind }) => kind === 'bus').map(({ id }) => id)
  const hearing = reachedFrom(buses, onward)
  const telling = arrows.filter(
    ({ from, to, kind }) => kind === 'may' && to.startsWith('bus:') && !hearing.has(from),
  )
  return [...onward, ...telling]
}

function reachedFrom(starts: readonly string[], arrows: readonly Arrow[]): Set<string> {
  const reached = new Set<string>()
  const waiting = [...starts]
  for (let id = waiting.pop(); id; id = waiting.pop()) {
    if (reached.has(id)) continue
    reached.add(id)
    waiting.push(...arrows.filter(({ from }) => from === id).map(({ to }) => to))
  }
  return reached
}
