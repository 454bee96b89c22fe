/**
 * PrimeVue's look as style sheets, made when the pages are built. In the browser it was more than a third of a page's start.
 *
 * Each component of PrimeVue imports its style out of `@primeuix/styles`; here it gets a style sheet in that place, so that the
 * looks of the components that pages use come along, and no list of them is kept.
 */
import { css as withTokens, Theme } from '@primeuix/themes'
import type { Plugin } from 'vite'

import { preset } from '../../src/shared/theme/preset.ts'
import { DARK_SELECTOR } from '../../src/shared/theme/theme.ts'

const LAYER = 'primevue'
/** What every component needs: the colours and sizes that the others are made of. */
const COMMON = 'base'

const IMPORTED = /^@primeuix\/styles\/(?<name>[\w-]+)$/
const BY_PRIMEVUE = /\/(primevue|@primevue)\//
const SHEET = /^\/@theme-of\/(?<name>[\w-]+)\.css$/

Theme.setTheme({
  preset,
  options: { darkModeSelector: DARK_SELECTOR, cssLayer: { name: LAYER, order: LAYER } },
})

function variablesOf(name: string): string {
  if (name !== COMMON) return Theme.getComponent(name, {}).css ?? ''
  const { primitive, semantic, global } = Theme.getCommon(name, {})
  return [primitive, semantic, global].map((group) => group.css ?? '').join('')
}

/** @param name - of a component as PrimeVue calls it: `togglebutton`. */
export async function sheetOf(name: string): Promise<string> {
  const { style } = (await import(`@primeuix/styles/${name}`)) as { style: string }
  const look = withTokens`${style}` ?? ''
  return variablesOf(name) + Theme.transformCSS(name, look)
}

export function themeCss(): Plugin {
  return {
    name: 'theme-css',
    enforce: 'pre',
    // What is optimized ahead of `npm run dev` does not pass here.
    config: () => ({ optimizeDeps: { exclude: ['primevue', '@primevue/core'] } }),
    resolveId(source, importer = '') {
      return SHEET.test(source) || (IMPORTED.test(source) && BY_PRIMEVUE.test(importer)) ? source : null
    },
    async load(id) {
      const imported = IMPORTED.exec(id)?.groups?.name
      if (imported) return `import '/@theme-of/${imported}.css'\nexport const style = ''`
      const sheet = SHEET.exec(id)?.groups?.name
      return sheet ? sheetOf(sheet) : null
    },
  }
}
