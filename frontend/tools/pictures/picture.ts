/**
 * A workflow as an SVG, laid out as backstage does it, in the colour of the text around it. Pure.
 *
 * Where the SVG is an image of its own, as on GitHub, it has no text around it: then it follows the reader's light or
 * dark itself.
 */
import { getBezierPath, getSmoothStepPath, Position } from '@vue-flow/core'

import type { Definition } from '../../src/backstage/executions/definition.ts'
import {
  graphOf,
  type StateEdge,
  type StateGraph,
  type StateNode,
} from '../../src/backstage/executions/graph.ts'
import {
  BESIDE,
  cellsOf,
  END,
  MARK,
  NODE,
  placesOf,
  shownCatches,
  sidesOf,
  START,
  type Cell,
  type Place,
  type Side,
} from '../../src/backstage/executions/layout.ts'
import { mainWayOf } from '../../src/backstage/executions/main-way.ts'

const MARGIN = 24 // as far as an edge swings out beside a column
const STYLE = 'svg{color:#24292f}@media(prefers-color-scheme:dark){svg{color:#e6edf3}}'
const ARROW =
  '<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path d="M1 1 9 5 1 9z" fill="currentColor"/></marker></defs>'

interface Box extends Place {
  width: number
  height: number
}

type Boxes = ReadonlyMap<string, Box>

/** @param before - the states that were there before: they are drawn thinner than what is new. */
export function pictureOf(definition: Definition, before: ReadonlySet<string>): string {
  const graph = graphOf(definition)
  const cells = cellsOf(graph)
  const boxes = boxesOf(placesOf(cells))
  const lines = [...edgesOf(graph, cells, boxes), ...graph.nodes.map((node) => state(node, boxes, before))]
  return framed(boxes, [...lines, mark('Start', boxes.get(START)), mark('End', boxes.get(END))])
}

function boxesOf(places: ReadonlyMap<string, Place>): Boxes {
  return new Map(
    [...places].map(([id, place]) => [id, { ...place, ...(id === START || id === END ? MARK : NODE) }]),
  )
}

function framed(boxes: Boxes, lines: string[]): string {
  const all = [...boxes.values()]
  const [left, top] = [Math.min(...all.map(({ x }) => x)) - MARGIN, Math.min(...all.map(({ y }) => y)) - 2]
  const width = Math.max(...all.map(({ x, width }) => x + width)) + MARGIN - left
  const height = Math.max(...all.map(({ y, height }) => y + height)) + 2 - top
  return `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: [left, top, width, height].join(' '),
      ...{ width, height, fill: 'none', stroke: 'currentColor' },
      ...{ 'font-family': 'sans-serif', 'font-size': 14, 'text-anchor': 'middle' },
    },
    ['', `<style>${STYLE}</style>`, ARROW, ...lines, ''].join('\n'),
  )}\n`
}

function edgesOf(graph: StateGraph, cells: ReadonlyMap<string, Cell>, boxes: Boxes): string[] {
  const shown = shownCatches(graph, cells)
  const mainWay = mainWayOf(graph)
  const [first = '', last = ''] = [mainWay[0], mainWay.at(-1)]
  return [
    ...graph.edges
      .filter(({ id, kind }) => kind !== 'catch' || shown.has(id))
      .map((edge) => between(edge, sides(edge, cells), boxes)),
    between({ from: START, to: first, kind: 'next' }, DOWN, boxes),
    between({ from: last, to: END, kind: 'next' }, DOWN, boxes),
  ]
}

const DOWN = { leaves: 'bottom', enters: 'top' } as const
const NOWHERE: Cell = { column: 0, row: 0 }

function sides({ from, to }: StateEdge, cells: ReadonlyMap<string, Cell>) {
  return sidesOf(cells.get(from) ?? NOWHERE, cells.get(to) ?? NOWHERE)
}

function between(
  { from, to, kind }: Pick<StateEdge, 'from' | 'to' | 'kind'>,
  { leaves, enters }: { leaves: Side; enters: Side },
  boxes: Boxes,
): string {
  const [source, target] = [at(boxes.get(from), leaves), at(boxes.get(to), enters)]
  const ends = {
    sourceX: source.x,
    sourceY: source.y,
    sourcePosition: POSITIONS[leaves],
    targetX: target.x,
    targetY: target.y,
    targetPosition: POSITIONS[enters],
  }
  const [path] = leaves === enters ? getSmoothStepPath({ ...ends, ...BESIDE }) : getBezierPath(ends)
  return element('path', {
    d: path,
    'stroke-opacity': 0.6,
    ...(kind === 'catch' && { 'stroke-dasharray': '4 4' }),
    'marker-end': 'url(#arrow)',
  })
}

const POSITIONS: Readonly<Record<Side, Position>> = {
  top: Position.Top,
  right: Position.Right,
  bottom: Position.Bottom,
  left: Position.Left,
}

const NO_BOX: Box = { x: 0, y: 0, width: 0, height: 0 }

function at({ x, y, width, height }: Box = NO_BOX, side: Side): Place {
  return {
    x: side === 'left' ? x : side === 'right' ? x + width : x + width / 2,
    y: side === 'top' ? y : side === 'bottom' ? y + height : y + height / 2,
  }
}

/** A wait for somebody has two lines around it, a choice is round and dashed. */
function state({ id, kind }: StateNode, boxes: Boxes, before: ReadonlySet<string>): string {
  const box = boxes.get(id) ?? NO_BOX
  const isNew = !before.has(id)
  const outer = rectangle(box, kind === 'choice' ? box.height / 2 : 8, {
    'stroke-width': isNew ? 2.5 : 1,
    ...(kind === 'choice' && { 'stroke-dasharray': '6 4' }),
  })
  const inner = kind === 'callback' ? rectangle(inset(box, 4), 5) : ''
  return element('g', {}, outer + inner + word(id, box, isNew ? { 'font-weight': 600 } : {}))
}

function mark(name: string, box: Box = NO_BOX): string {
  return element('g', {}, rectangle(box, box.height / 2, { 'stroke-opacity': 0.6 }) + word(name, box))
}

function rectangle({ x, y, width, height }: Box, rx: number, attributes: Attributes = {}): string {
  return element('rect', { x, y, width, height, rx, ...attributes })
}

function inset({ x, y, width, height }: Box, by: number): Box {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by }
}

function word(text: string, { x, y, width, height }: Box, attributes: Attributes = {}): string {
  const middle = { x: x + width / 2, y: y + height / 2 + 5 } // 5: half of a capital's height
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return element('text', { ...middle, fill: 'currentColor', stroke: 'none', ...attributes }, escaped)
}

type Attributes = Readonly<Record<string, string | number>>

function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${value.toString()}"`)
  return `<${name}${written.join('')}${content ? `>${content}</${name}>` : '/>'}`
}
