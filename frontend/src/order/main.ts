/** Starts the order page. */
import { createPageRouter } from '@/shared/page-router'
import { startPage } from '@/shared/start-page'

import OrderPage from './OrderPage.vue'
import { routes } from './routes'

void startPage({
  name: 'order',
  root: OrderPage,
  router: createPageRouter(routes),
  texts: import.meta.glob('../locales/*/order.json', { import: 'default' }),
})
