/**
 * PrimeVue's look as style sheets, made when the pages are built. In the browser it was more than a third of a page's start.
 *
 * Each component of PrimeVue imports its style out of `@primeuix/styles`; here it gets a style sheet in that place, so that a
 * page loads the looks of the components that it uses, and no list of them is kept.
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
const SHEET = /^\/theme-of\/(?<name>[\w-]+)\.css$/

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

/** Where a style sheet sets one of PrimeVue's variables, and where one is read. */
const SET = /(?<name>--p-[\w-]+):[^;}]*;?/g
const READ = /var\((?<name>--p-[\w-]+)/g

/** Leaves out the variables that no sheet reads: Aura has three for each that the pages use. A script may set one, but reads none. */
export function withoutUnread(sheets: readonly string[]): string[] {
  const read = new Set(sheets.flatMap((sheet) => [...sheet.matchAll(READ)].map((found) => found[1])))
  const left = sheets.map((sheet) => sheet.replace(SET, (all, name: string) => (read.has(name) ? all : '')))
  return left.some((sheet, place) => sheet !== sheets[place]) ? withoutUnread(left) : left
}

/** The wave under a touch, which the bar has switched off; each button works it out for itself none the less. */
export function withoutRipple(): Plugin {
  const RIPPLE = 'primevue/ripple'
  return {
    name: 'without-ripple',
    enforce: 'pre',
    resolveId: (source) => (source === RIPPLE ? source : null),
    load: (id) => (id === RIPPLE ? 'export default {}' : null),
  }
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
      if (imported) return `import '/theme-of/${imported}.css'\nexport const style = ''`
      const sheet = SHEET.exec(id)?.groups?.name
      return sheet ? sheetOf(sheet) : null
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const sheets = Object.values(bundle).flatMap((one) =>
          one.type === 'asset' && one.fileName.endsWith('.css') ? [one] : [],
        )
        const left = withoutUnread(sheets.map(({ source }) => String(source)))
        sheets.forEach((sheet, place) => (sheet.source = left[place] ?? ''))
      },
    },
  }
}
