/** PrimeVue without its ripple: the wave under a touch, which the bar has switched off, and which each button sets up all the same. */
import type { Plugin } from 'vite'

const RIPPLE = 'primevue/ripple'

export function withoutRipple(): Plugin {
  return {
    name: 'without-ripple',
    enforce: 'pre',
    resolveId: (source) => (source === RIPPLE ? source : null),
    load: (id) => (id === RIPPLE ? 'export default {}' : null),
  }
}
