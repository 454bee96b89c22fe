/** Starts the display page. */
import { startPage } from '@/shared/start-page'

import './display.css'
import DisplayPage from './DisplayPage.vue'

void startPage({
  name: 'display',
  root: DisplayPage,
  texts: import.meta.glob('../locales/*/display.json', { import: 'default' }),
})
