import { expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'

import { routes } from '@/backstage/routes'

import { fakeBar, mountWithBar } from '../mounting'

it('the steps of another order are another component: what is followed of one is not followed for the next', async () => {
  const begun: string[] = []
  const Steps = defineComponent(
    ({ orderId }: { orderId: string }) => {
      begun.push(orderId)
      return () => h('p', orderId)
    },
    { props: { orderId: { type: String, required: true } } },
  )
  const route = routes.find(({ name }) => name === 'steps')
  if (!route) throw new Error('the steps have a route')
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ ...route, component: Steps } as typeof route],
  })
  await router.push({ name: 'steps', params: { orderId: 'one' } })
  mountWithBar(RouterView, fakeBar(), {}, [router])
  await router.push({ name: 'steps', params: { orderId: 'other' } })
  expect(begun).toEqual(['one', 'other'])
})
