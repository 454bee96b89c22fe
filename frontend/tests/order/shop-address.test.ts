// @vitest-environment node
import { expect, it } from 'vitest'

import { addressInShop } from '@/order/orders/shop-address'

it('the address in another shop keeps the screen and the code', () => {
  const here = 'http://bar.test/order/index.html?eventId=ABC#/scan?eventId=XYZ&token=a1B2-c3D_4'
  expect(addressInShop('XYZ', here)).toBe(
    'http://bar.test/order/index.html?eventId=XYZ#/scan?eventId=XYZ&token=a1B2-c3D_4',
  )
})
