/** Starts the barista page. */
import { createPageRouter } from '@/shared/page-router'
import { startPage } from '@/shared/start-page'

import BaristaPage from './BaristaPage.vue'
import { routes } from './routes'

void startPage({
  name: 'barista',
  root: BaristaPage,
  router: createPageRouter(routes),
  texts: import.meta.glob('../locales/*/barista.json', { import: 'default' }),
})
