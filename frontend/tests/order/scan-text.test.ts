// @vitest-environment node
import { expect, it } from 'vitest'

import { parseTyped, scanInQuery } from '@/order/scanning/scan-text'
import { scanLink } from '@/shared/scan-link'

const SCAN = { eventId: 'XYZ', code: 'a1B2-c3D_4' }

it('the code of an address is there whole or not at all', () => {
  expect(scanInQuery({ eventId: 'XYZ', token: 'a1B2-c3D_4' })).toEqual(SCAN)
  expect(scanInQuery({ token: 'a1B2-c3D_4' })).toBeNull()
  expect(scanInQuery({ eventId: 'XYZ', token: ['one', 'two'] })).toBeNull()
})

it('the whole link can be pasted, and a code alone is of this shop', () => {
  expect(parseTyped(` ${scanLink('http://bar.test/order/index.html', SCAN)}\n`, 'ABC')).toEqual(SCAN)
  expect(parseTyped(' a1B2-c3D_4 ', 'ABC')).toEqual({ ...SCAN, eventId: 'ABC' })
})

it.each(['', 'coffee please', 'short', 'https://example.com/menu'])('%j is no code', (text) => {
  expect(parseTyped(text, 'ABC')).toBeNull()
})
