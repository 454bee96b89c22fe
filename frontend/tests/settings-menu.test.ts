import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'

import SettingsMenu from '@/shared/components/SettingsMenu.vue'

import { fakeBar, mountWithBar } from './mounting'

it('opens by the first touch, though its window is loaded only then', async () => {
  const menu = mountWithBar(SettingsMenu, fakeBar())
  await menu.get('button').trigger('click')
  await menu.get('button').trigger('click') // an impatient hand
  expect(document.body.textContent).not.toContain('Appearance')
  await vi.waitFor(async () => {
    await flushPromises()
    expect(document.body.textContent).toContain('Appearance')
  })
  menu.unmount()
})
