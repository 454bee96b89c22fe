/**
 * PrimeVue's components on a lean foundation: that of the package works out pass-through, hooks and looks for each component,
 * which the bar does not use. And without the ripple, the wave under a touch, which each button sets up all the same.
 */
import { fileURLToPath } from 'node:url'

import type { Plugin } from 'vite'

const RIPPLE = 'primevue/ripple'
const OURS: Readonly<Record<string, string>> = {
  '@primevue/core/basecomponent': 'base-component',
  '@primevue/core/base/style': 'base-style',
}

export function leanPrimevue(): Plugin {
  return {
    name: 'lean-primevue',
    enforce: 'pre',
    resolveId(source) {
      const ours = OURS[source]
      if (ours) return fileURLToPath(new URL(`../../src/shared/primevue/${ours}.ts`, import.meta.url))
      return source === RIPPLE ? source : null
    },
    load: (id) => (id === RIPPLE ? 'export default {}' : null),
  }
}
