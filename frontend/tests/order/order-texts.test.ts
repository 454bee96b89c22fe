// @vitest-environment node
import { expect, it } from 'vitest'

import { REFUSAL_KEYS } from '@/order/orders/refusals'
import { REASON_KEYS } from '@/shared/texts/order-words'

import english from '../../src/locales/en/order.json'

it('every ending and every refusal has a title and a text', () => {
  const { endings, refusals } = english.order
  const { scanAgain, nextCode, ...refused } = refusals
  expect([scanAgain, nextCode]).not.toContain('')
  expect(Object.keys(endings).sort()).toEqual([...Object.values(REASON_KEYS), 'other'].sort())
  expect(Object.keys(refused).sort()).toEqual([...REFUSAL_KEYS].sort())
  for (const words of [...Object.values(endings), ...Object.values(refused)]) {
    expect(Object.keys(words)).toEqual(['title', 'text'])
  }
})
