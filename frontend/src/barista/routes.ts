/** The screens of the barista page and their addresses, behind the `#`. Only the board is there from the start. */
import type { RouteRecordRaw } from 'vue-router'

import BoardScreen from './screens/BoardScreen.vue'

export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'orders', component: BoardScreen },
  { path: '/menu', name: 'menu', component: () => import('./screens/MenuScreen.vue') },
  { path: '/limits', name: 'limits', component: () => import('./screens/LimitsScreen.vue') },
  { path: '/insights', name: 'insights', component: () => import('./screens/InsightsScreen.vue') },
  { path: '/:anything(.*)*', redirect: { name: 'orders' } },
]
