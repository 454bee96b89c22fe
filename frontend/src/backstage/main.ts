/** Starts the backstage page. */
import './frame/backstage.css'

import { createPageRouter } from '@/shared/page-router'
import { startPage } from '@/shared/start-page'

import BackstagePage from './BackstagePage.vue'
import { routes } from './routes'

void startPage({
  name: 'backstage',
  root: BackstagePage,
  router: createPageRouter(routes),
  texts: import.meta.glob('../locales/*/backstage.json', { import: 'default' }),
})
