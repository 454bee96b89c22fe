// @vitest-environment node
import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import type { Definition } from '@/backstage/executions/definition'
import { graphOf } from '@/backstage/executions/graph'
import { cellsOf, END, placesOf, shownCatches, sidesOf, sizeOf, START } from '@/backstage/executions/layout'
import { mainWayOf } from '@/backstage/executions/main-way'

const SERVING: Definition = {
  StartAt: 'Open?',
  States: {
    'Open?': { Type: 'Choice', Choices: [{ Next: 'Closed' }, { Next: 'Make' }], Default: 'Wait' },
    Wait: { Type: 'Wait', Next: 'Open?' },
    Make: { Type: 'Task', Next: 'Serve', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Broken' }] },
    Serve: { Type: 'Task', End: true, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Broken' }] },
    Closed: { Type: 'Succeed' },
    Broken: { Type: 'Fail' },
  },
}

describe('the way on which all goes well', () => {
  it('is the longest that no error leads off, and gets past a state that is come back to', () => {
    expect(mainWayOf(graphOf(SERVING))).toEqual(['Open?', 'Make', 'Serve'])
  })

  it('of a workflow that can only fail is its start', () => {
    const States = { Try: { Type: 'Task', Next: 'Fall' }, Fall: { Type: 'Fail' } }
    expect(mainWayOf(graphOf({ StartAt: 'Try', States }))).toEqual(['Try'])
  })
})

describe('beside it', () => {
  const cells = cellsOf(graphOf(SERVING))

  it('what ends well stands on the left and what fails on the right, each as high as what leads there', () => {
    expect(Object.fromEntries(cells)).toEqual({
      'Open?': { column: 0, row: 0 },
      Make: { column: 0, row: 1 },
      Serve: { column: 0, row: 2 },
      Wait: { column: -1, row: 0 },
      Closed: { column: -1, row: 1 },
      Broken: { column: 1, row: 1 },
    })
  })

  it('a state that only errors lead to has one arrow unasked', () => {
    expect([...shownCatches(graphOf(SERVING), cells)]).toEqual(['Make → Broken'])
  })

  it('arrows go from side to side, straight down, or around what stands between', () => {
    expect(sidesOf({ column: 0, row: 0 }, { column: 0, row: 1 })).toEqual({ leaves: 'bottom', enters: 'top' })
    expect(sidesOf({ column: 0, row: 0 }, { column: -1, row: 3 })).toEqual({
      leaves: 'left',
      enters: 'right',
    })
    expect(sidesOf({ column: -1, row: 0 }, { column: 0, row: 3 })).toEqual({
      leaves: 'right',
      enters: 'left',
    })
    expect(sidesOf({ column: -1, row: 0 }, { column: -1, row: 3 })).toEqual({
      leaves: 'left',
      enters: 'left',
    })
    expect(sidesOf({ column: 0, row: 3 }, { column: 0, row: 1 })).toEqual({
      leaves: 'right',
      enters: 'right',
    })
  })
})

describe('the picture of the Order Processor', () => {
  const file = new URL('../../../statemachine/order_processor.asl.json', import.meta.url)
  const graph = graphOf(JSON.parse(readFileSync(file, 'utf8')) as Definition)
  const cells = cellsOf(graph)
  const places = placesOf(cells)

  it('reaches every state', () => {
    const reached = new Set(graph.edges.map(({ to }) => to))
    expect(graph.nodes.filter(({ id, isStart }) => !isStart && !reached.has(id))).toEqual([])
  })

  it('puts no state upon another, and marks where it begins and ends', () => {
    const taken = [...cells.values()].map(({ column, row }) => `${column.toString()} ${row.toString()}`)
    expect(new Set(taken).size).toBe(graph.nodes.length)
    const heights = [START, 'Is it an order?', 'Finish the order', END].map((id) => places.get(id)?.y ?? 0)
    expect(heights).toEqual(heights.toSorted((one, other) => one - other))
  })

  it('goes straight down from the scan to the cup', () => {
    const way = [
      'Is it an order?',
      'Claim the order',
      'Look at the shop',
      'Is the shop open?',
      'Take a place at the bar',
      'Wait for the customer',
      'Take a number',
      'Wait for the barista',
      'Finish the order',
    ]
    expect(mainWayOf(graph)).toEqual(way)
    expect(way.map((state) => cells.get(state))).toEqual(way.map((_, row) => ({ column: 0, row })))
  })

  it('is whole on a projector beside the list: 760 by 530, at no less than nine tenths', () => {
    const { width, height } = sizeOf(places)
    expect([760 / width, 530 / height].filter((zoom) => zoom < 0.9)).toEqual([])
  })
})
