// @vitest-environment node
import { expect, it } from 'vitest'

import { parseAddress } from '@/shared/auth/address'

it.each([
  ['email', ' Ana@Example.com ', 'ana@example.com'],
  ['email', 'ana@', null],
  ['email', '+34600000000', null],
  ['phone', '+34 600 00-00.00', '+34600000000'],
  ['phone', '0034 (600) 000 000', '+34600000000'],
  ['phone', '600000000', null],
  ['phone', 'ana@example.com', null],
] as const)('%s %j is taken as %j', (kind, typed, address) => {
  expect(parseAddress(kind, typed)).toBe(address)
})
