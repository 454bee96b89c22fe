import { expect, it } from 'vitest'

import AppHeader from '@/shared/components/AppHeader.vue'
import shell from '@/shared/shell.html?raw'

import { fakeBar, mountWithBar } from './mounting'

/** Classes and words of the header, without what only the running page has. */
function look(header: Element | null | undefined) {
  return [...(header?.querySelectorAll('.mark, .names, .brand, .title') ?? [])].map((part) => [
    part.className,
    part.classList.contains('brand') ? part.textContent : '',
  ])
}

it('looks before its script runs as the page will: nothing jumps', () => {
  const first = new DOMParser().parseFromString(shell, 'text/html').querySelector('header')
  const then = mountWithBar(AppHeader, fakeBar(), { title: 'Order' }).element as Element
  expect(first?.className).toBe(then.className)
  expect(look(first)).toEqual(look(then))
  expect(look(first)).toHaveLength(4)
})
