// @vitest-environment node
import { readdirSync } from 'node:fs'

import { expect, it } from 'vitest'

import { sheetOf, withoutUnread } from '../tools/vite/theme-css'

const OWN_MODULES = readdirSync('node_modules/primevue').filter((name) =>
  /^(button|dialog|select|toast)$/.test(name),
)

it.each(OWN_MODULES)(
  'the sheet of %s holds its look in the layer, and nothing that only a script could work out',
  async (name) => {
    const sheet = await sheetOf(name)
    expect(sheet).toContain(`.p-${name}`)
    expect(sheet).toContain(`--p-${name}-`)
    expect(sheet.match(/@layer (\w+)/g)).toContain('@layer primevue')
    expect(sheet).not.toMatch(/\bdt\(|\{\w+\.[\w.]+\}|undefined/)
  },
)

it('what all components need are the colours of the bar, light and dark', async () => {
  const sheet = await sheetOf('base')
  expect(sheet).toContain('--p-primary-600:#ad5223')
  expect(sheet).toContain('[data-theme="dark"]')
})

it('variables that no sheet reads are left out, and then those that only they read', () => {
  const one = ':root{--p-a:1px;--p-b:var(--p-c);--p-c:2px;--own:3px}.p-x{width:var(--p-d)}'
  const other = ':root{--p-d:var(--p-a)}'
  expect(withoutUnread([one, other])).toEqual([':root{--p-a:1px;--own:3px}.p-x{width:var(--p-d)}', other])
})
