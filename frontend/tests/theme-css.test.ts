// @vitest-environment node
import type { Plugin } from 'vite'
import { expect, it } from 'vitest'

import { leanPrimevue } from '../tools/vite/lean-primevue'
import { sheetOf, themeCss } from '../tools/vite/theme-css'

const PRIMEVUE = '/frontend/node_modules/primevue/button/style/index.mjs'

/** What a module is that a file imports, as the plugin gives it; null where that is none of its business. */
async function given(plugin: Plugin, source: string, importer: string): Promise<unknown> {
  const { resolveId, load } = plugin as unknown as Record<
    'resolveId' | 'load',
    (...args: string[]) => unknown
  >
  const id = resolveId(source, importer)
  return typeof id === 'string' ? load(id) : null
}

it.each(['button', 'dialog', 'select', 'toast'])(
  'the sheet of %s holds its look in the layer, and nothing that only a script could work out',
  async (name) => {
    const sheet = await sheetOf(name)
    expect(sheet).toContain(`--p-${name}-`)
    expect(sheet.slice(sheet.lastIndexOf('@layer primevue'))).toMatch(
      new RegExp(`^@layer primevue\\{\\s*\\.p-${name}\\b`),
    )
    expect(sheet).not.toMatch(/\bdt\(|\{\w+\.[\w.]+\}|undefined/)
  },
)

it('what all components need are the colours of the bar, light and dark', async () => {
  const sheet = await sheetOf('base')
  expect(sheet).toContain('--p-primary-600:#ad5223')
  expect(sheet).toContain('[data-theme="dark"]')
})

it("a component's style is a sheet, and no text that a script puts in", async () => {
  const style = await given(themeCss(), '@primeuix/styles/button', PRIMEVUE)
  expect(style).toBe("import '/@theme-of/button.css'\nexport const style = ''")
  expect(await given(themeCss(), '/@theme-of/button.css', '@primeuix/styles/button')).toBe(
    await sheetOf('button'),
  )
})

it('whoever else asks for a style gets it as it is', async () => {
  expect(await given(themeCss(), '@primeuix/styles/button', '/frontend/tools/vite/theme-css.ts')).toBeNull()
})

it('the ripple does nothing', async () => {
  expect(await given(leanPrimevue(), 'primevue/ripple', PRIMEVUE)).toBe('export default {}')
  expect(await given(leanPrimevue(), 'primevue/button', PRIMEVUE)).toBeNull()
})
