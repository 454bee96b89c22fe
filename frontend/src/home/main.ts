/** Starts the page that leads to the others. */
import { startPage } from '@/shared/start-page'

import HomePage from './HomePage.vue'

void startPage({
  name: 'home',
  root: HomePage,
  texts: import.meta.glob('../locales/*/home.json', { import: 'default' }),
})
