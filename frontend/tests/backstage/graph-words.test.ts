import { VueFlow, type Edge } from '@vue-flow/core'
import { flushPromises } from '@vue/test-utils'
import { expect, it } from 'vitest'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'

import { graphOf } from '@/backstage/executions/graph'
import StateMachineGraph from '@/backstage/executions/StateMachineGraph.vue'
import { wayOf } from '@/backstage/executions/way'
import type { System } from '@/backstage/map/system'
import SystemPicture from '@/backstage/map/SystemPicture.vue'
import { routes } from '@/backstage/routes'

import { fakeBar, mountWithBar } from '../mounting'

const router = createRouter({ history: createMemoryHistory(), routes })

async function drawn(component: Component, props: Record<string, unknown>) {
  const picture = mountWithBar(component, fakeBar(), props, [router])
  await flushPromises()
  return {
    arrows: picture.findComponent(VueFlow).props('edges') as Edge[],
    boxes: picture.findAll('.vue-flow__node'),
  }
}

const graph = graphOf({
  StartAt: 'Make',
  States: { Make: { Type: 'Task', Next: 'Serve' }, Serve: { Type: 'Succeed' } },
})
const workflow = { graph, way: wayOf([]), chosen: null, now: 0 }

const [from, to] = ['bus:Bar', 'rule:serverlesspresso-local-tell']
const system: System = {
  parts: [
    { id: from, kind: 'bus', name: 'Bar' },
    { id: to, kind: 'rule', name: 'serverlesspresso-local-tell' },
  ],
  arrows: [{ id: `${from} → ${to}`, from, to, kind: 'sends' }],
  calls: new Map(),
}
const map = { system, lit: new Set() }

it('each edge of a workflow is called by where it leads from and to, its ends by their words', async () => {
  const { arrows } = await drawn(StateMachineGraph, workflow)
  const names = arrows.map(({ ariaLabel }) => ariaLabel)
  expect(names).toEqual(['Make → Serve', 'Start → Make', 'Serve → End'])
})

it('each arrow of the map is called by the parts that it leads from and to, as their boxes are', async () => {
  const { arrows } = await drawn(SystemPicture, map)
  expect(arrows.map(({ ariaLabel }) => ariaLabel)).toEqual(['Event bus Bar → Rule tell'])
})

it.each([
  ['a workflow', StateMachineGraph, workflow],
  ['the map', SystemPicture, map],
])('nothing of %s is called by the library’s own English words', async (_, component, props) => {
  const { arrows, boxes } = await drawn(component, props)
  const roles = arrows.map(({ domAttributes }) => domAttributes?.['aria-roledescription'])
  expect(new Set(roles)).toEqual(new Set(['arrow']))
  expect(boxes.length).toBeGreaterThan(0)
  const words = boxes.flatMap((box) =>
    Object.keys(box.attributes()).filter((name) => name.startsWith('aria-')),
  )
  expect(words).toEqual([])
})
