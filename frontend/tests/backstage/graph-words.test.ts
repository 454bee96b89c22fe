import { VueFlow } from '@vue-flow/core'
import { expect, it } from 'vitest'
import type { Component } from 'vue'

import { graphOf } from '@/backstage/executions/graph'
import StateMachineGraph from '@/backstage/executions/StateMachineGraph.vue'
import { wayOf } from '@/backstage/executions/way'
import type { System } from '@/backstage/map/system'
import SystemPicture from '@/backstage/map/SystemPicture.vue'

import { fakeBar, mountWithBar } from '../mounting'

function namesOfEdges(component: Component, props: Record<string, unknown>): (string | undefined)[] {
  const picture = mountWithBar(component, fakeBar(), props)
  const edges = picture.findComponent(VueFlow).props('edges') as { ariaLabel?: string }[]
  return edges.map(({ ariaLabel }) => ariaLabel)
}

it('each edge of a workflow is called by where it leads from and to, its ends by their words', () => {
  const graph = graphOf({
    StartAt: 'Make',
    States: { Make: { Type: 'Task', Next: 'Serve' }, Serve: { Type: 'Succeed' } },
  })
  const props = { graph, way: wayOf([]), chosen: null, now: 0 }
  const names = namesOfEdges(StateMachineGraph, props)
  expect(names).toEqual(['Make → Serve', 'Start → Make', 'Serve → End'])
})

it('each arrow of the map is called by the parts that it leads from and to', () => {
  const [from, to] = ['bus:Bar', 'rule:tell']
  const system: System = {
    parts: [
      { id: from, kind: 'bus', name: 'Bar' },
      { id: to, kind: 'rule', name: 'tell' },
    ],
    arrows: [{ id: `${from} → ${to}`, from, to, kind: 'sends' }],
    calls: new Map(),
  }
  const names = namesOfEdges(SystemPicture, { system, lit: new Set() })
  expect(names).toEqual(['bus:Bar → rule:tell'])
})
