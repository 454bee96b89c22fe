/** PrimeVue without its themes: what its components ask of the page, and nothing that watches for another look. */
import { defaultOptions, type PrimeVueConfiguration } from '@primevue/core/config'
import { reactive, type App } from 'vue'

/** Its own words, `app.config.globalProperties.$primevue.config.locale`, are English until the page changes them. */
export function primeVue(app: App): void {
  const config: PrimeVueConfiguration = reactive({ ...defaultOptions, theme: 'none' })
  app.config.globalProperties.$primevue = { config }
}
