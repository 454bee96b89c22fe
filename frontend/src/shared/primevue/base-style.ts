/**
 * What PrimeVue's components take their classes from, in the place of its own `@primevue/core/base/style`
 * (tools/vite/lean-primevue.ts). Their look comes as style sheets, so there is nothing to load here.
 */
import '@primeuix/styles/base'

const nothing = () => ({})

const baseStyle = {
  name: 'base',
  load: nothing,
  loadCSS: nothing,
  loadStyle: nothing,
  /** @param own - name, classes and inline styles of one component. */
  extend: (own: object): object => ({ ...baseStyle, ...own }),
}

export default baseStyle
