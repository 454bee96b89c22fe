/** The sections and their addresses, behind the `#`. Each is loaded when it is first opened. */
import type { RouteLocationNormalized, RouteRecordRaw } from 'vue-router'

/** The part of the address as a property, if it is there. */
function part(name: string): (route: RouteLocationNormalized) => Record<string, unknown> {
  return ({ params }) => (params[name] ? { [name]: params[name] } : {})
}

/** Which invocation is looked for (`request`), and when it was or soon after (`at`, ms since 1970). */
function requestIn({ query }: RouteLocationNormalized): Record<string, unknown> {
  const at = Number(query.at)
  return { ...(typeof query.request === 'string' && { request: query.request }), ...(at > 0 && { at }) }
}

export const routes: RouteRecordRaw[] = [
  { path: '/', redirect: { name: 'executions' } },
  {
    path: '/executions/:name?',
    name: 'executions',
    component: () => import('./executions/ExecutionsSection.vue'),
    props: part('name'),
  },
  {
    path: '/orders/:orderId/steps',
    name: 'steps',
    component: () => import('./steps/StepsSection.vue'),
    props: ({ params }) => ({ orderId: params.orderId, key: params.orderId }), // another order is another component
  },
  { path: '/map', name: 'map', component: () => import('./map/MapSection.vue') },
  {
    path: '/events',
    name: 'events',
    component: () => import('./events/EventsSection.vue'),
    props: ({ query }) => ({ orderId: typeof query.order === 'string' ? query.order : '' }),
  },
  {
    path: '/orders/:orderId?',
    name: 'orders',
    component: () => import('./orders/OrdersSection.vue'),
    props: part('orderId'),
  },
  {
    path: '/tables/:table?',
    name: 'tables',
    component: () => import('./tables/TablesSection.vue'),
    props: part('table'),
  },
  {
    path: '/functions/:functionName?',
    name: 'functions',
    component: () => import('./functions/FunctionsSection.vue'),
    props: (route) => ({ ...part('functionName')(route), ...requestIn(route) }),
  },
  {
    path: '/dead-letters',
    name: 'dead-letters',
    component: () => import('./dead-letters/DeadLettersSection.vue'),
  },
  { path: '/messages', name: 'messages', component: () => import('./messages/MessagesSection.vue') },
  { path: '/:anything(.*)*', redirect: { name: 'executions' } },
]
