/**
 * Where the states stand: the way on which all goes well is one straight column in the middle, from the top down. What
 * leads off it stands beside it, as high as the state that it comes from: on the left what still ends well, on the
 * right what fails. Pure.
 */
import type { StateEdge, StateGraph } from './graph'
import { mainWayOf, wayFrom } from './main-way'

export const NODE = { width: 224, height: 40 } as const
export const MARK = { width: 88, height: 24 } as const
const COLUMN = NODE.width + 26
const ROW = NODE.height + 9

/** Marks stand in the middle column too, before and after its states; no state can have such a name. */
export const START = '\u0000start'
export const END = '\u0000end'

/** How far outside an edge runs that leaves and enters on the same side, and how round its corners are. */
export const BESIDE = { offset: 13, borderRadius: 10 } as const

export interface Place {
  x: number
  y: number
}

export type Column = -1 | 0 | 1

/** A place by row and column, the first state of the main way's being 0 and 0. */
export interface Cell {
  column: Column
  row: number
}

export type Side = 'top' | 'right' | 'bottom' | 'left'

/** The cell of each state, by its id. */
export function cellsOf(graph: StateGraph): Map<string, Cell> {
  const mainWay = mainWayOf(graph)
  const rows = new Map(mainWay.map((id, row) => [id, row]))
  const exits = graph.nodes.map(({ id }) => id).filter((id) => !rows.has(id))
  const levels = levelsOf(graph, rows, exits)
  const failing = new Set(exits.filter((id) => wayFrom(graph, id).length === 0))
  const cells = [...rows].map(([id, row]): [string, Cell] => [id, { column: 0, row }])
  const wells = exits.filter((id) => !failing.has(id))
  return new Map([...cells, ...stacked(wells, levels, -1), ...stacked([...failing], levels, 1)])
}

/** How far down each exit belongs: beside the state of the main way that it is reached from, or below another exit. */
function levelsOf(
  { edges }: StateGraph,
  rows: ReadonlyMap<string, number>,
  exits: readonly string[],
): Map<string, number> {
  const levels = new Map(rows)

  function level(id: string): number {
    const known = levels.get(id)
    if (known !== undefined) return known
    levels.set(id, 0) // who comes back to an exit does not push it down
    const leading = edges.filter(({ to }) => to === id)
    const led = leading.filter(({ kind }) => kind !== 'catch')
    const found = led.length > 0 ? Math.max(...led.map(below)) : middle(leading.map(below))
    levels.set(id, found)
    return found
  }

  const below = ({ from }: StateEdge) => (rows.has(from) ? level(from) : level(from) + 1)
  for (const id of exits) level(id)
  return levels
}

function middle(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor((numbers.length - 1) / 2)] ?? 0
}

function stacked(
  ids: readonly string[],
  levels: ReadonlyMap<string, number>,
  column: Column,
): [string, Cell][] {
  const levelOf = (id: string) => levels.get(id) ?? 0
  let last = -1
  return ids
    .toSorted((one, other) => levelOf(one) - levelOf(other))
    .map((id) => {
      last = Math.max(levelOf(id), last + 1)
      return [id, { column, row: last }]
    })
}

/** The upper left corner of each state and mark, by its id. */
export function placesOf(cells: ReadonlyMap<string, Cell>): Map<string, Place> {
  const places = [...cells].map(([id, { column, row }]): [string, Place] => [
    id,
    { x: column * COLUMN, y: row * ROW },
  ])
  const rows = [...cells.values()].filter(({ column }) => column === 0).length
  const x = (NODE.width - MARK.width) / 2
  return new Map([...places, [START, { x, y: NODE.height - ROW - MARK.height }], [END, { x, y: rows * ROW }]])
}

/** Where an edge leaves a state and where it enters the other, so that it crosses none that it does not have to. */
export function sidesOf(from: Cell, to: Cell): { leaves: Side; enters: Side } {
  if (from.column < to.column) return { leaves: 'right', enters: 'left' }
  if (from.column > to.column) return { leaves: 'left', enters: 'right' }
  if (to.row === from.row + 1) return { leaves: 'bottom', enters: 'top' }
  const outside = from.column === -1 ? 'left' : 'right'
  return { leaves: outside, enters: outside }
}

/**
 * The catches that are shown unasked: where no other edge leads to a state, the one from its own row, or else the
 * nearest.
 */
export function shownCatches({ edges }: StateGraph, cells: ReadonlyMap<string, Cell>): Set<string> {
  const reached = new Set(edges.filter(({ kind }) => kind !== 'catch').map(({ to }) => to))
  const nearest = new Map<string, StateEdge>()
  const height = ({ from, to }: StateEdge) =>
    Math.abs((cells.get(from)?.row ?? 0) - (cells.get(to)?.row ?? 0))
  for (const edge of edges.filter(({ kind, to }) => kind === 'catch' && !reached.has(to))) {
    const best = nearest.get(edge.to)
    if (!best || height(edge) < height(best)) nearest.set(edge.to, edge)
  }
  return new Set([...nearest.values()].map(({ id }) => id))
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
