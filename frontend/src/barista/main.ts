/** Starts the barista page. */
import toggleswitch from '@primeuix/themes/aura/toggleswitch'

import { startPage } from '@/shared/start-page'

import BaristaPage from './BaristaPage.vue'
import { routes } from './routes'

void startPage({
  name: 'barista',
  root: BaristaPage,
  routes,
  components: { toggleswitch },
  texts: import.meta.glob('../locales/*/barista.json', { import: 'default' }),
})
