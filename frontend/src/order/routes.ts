/** The screens of the order page and their addresses, behind the `#`. A reload comes back to the same one. */
import type { RouteRecordRaw } from 'vue-router'

import { scanInQuery } from './scanning/scan-text'
import HistoryScreen from './screens/HistoryScreen.vue'
import NowScreen from './screens/NowScreen.vue'
import OrderScreen from './screens/OrderScreen.vue'
import ScanScreen from './screens/ScanScreen.vue'

export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'now', component: NowScreen },
  // What the display's QR code links to (shared/scan-link.ts), and where codes are scanned.
  {
    path: '/scan',
    name: 'scan',
    component: ScanScreen,
    props: ({ query }) => ({ scan: scanInQuery(query) }),
  },
  { path: '/orders/:orderId', name: 'order', component: OrderScreen, props: true },
  { path: '/history', name: 'history', component: HistoryScreen },
  { path: '/:anything(.*)*', redirect: { name: 'now' } },
]
