/** Starts the backstage page. */
import './frame/backstage.css'

import { startPage } from '@/shared/start-page'

import BackstagePage from './BackstagePage.vue'
import { routes } from './routes'

void startPage({
  name: 'backstage',
  root: BackstagePage,
  routes,
  texts: import.meta.glob('../locales/*/backstage.json', { import: 'default' }),
})
