/** Starts the barista page. */
import { startPage } from '@/shared/start-page'

import BaristaPage from './BaristaPage.vue'
import { routes } from './routes'

void startPage({
  name: 'barista',
  root: BaristaPage,
  routes,
  texts: import.meta.glob('../locales/*/barista.json', { import: 'default' }),
})
