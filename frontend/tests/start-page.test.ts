import { afterEach, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'

import shell from '@/shared/shell.html?raw'
import { startPage } from '@/shared/start-page'

import { answering, configuration, json } from './fakes'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

it('a browser that keeps nothing for the page is told so, and not left with an empty page', async () => {
  document.body.innerHTML = `<div id="app">${shell}</div>`
  vi.stubGlobal('localStorage', {
    getItem() {
      throw new DOMException('Access is denied for this document.', 'SecurityError')
    },
  })
  vi.stubGlobal('fetch', answering(json(configuration)).fetch)
  const page = { name: 'order', root: defineComponent(() => () => null), texts: {} } as const
  await expect(startPage(page)).rejects.toThrow('denied')
  expect(document.querySelector('[role=alert]')?.textContent).toContain('keep data in your browser')
  expect(document.querySelector('.opening')).toBeNull()
})
