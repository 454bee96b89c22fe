// @vitest-environment node
import { readFileSync } from 'node:fs'

import { expect, it } from 'vitest'

import { DRINK_PICTURES, pictureOf } from '@/shared/components/drink-icons'

interface Seed {
  shop: { menu: { icon: string }[] }
}

it('every drink that the bar opens with has a picture', () => {
  const seed = JSON.parse(readFileSync('../deployer/seed.json', 'utf8')) as Seed
  const drawn = Object.keys(DRINK_PICTURES)
  expect(seed.shop.menu.filter(({ icon }) => !drawn.includes(icon))).toEqual([])
})

it('no cup runs over', () => {
  for (const { layers } of Object.values(DRINK_PICTURES)) {
    expect(layers.reduce((sum, { part }) => sum + part, 0)).toBeLessThanOrEqual(1 + Number.EPSILON * 4)
  }
})

it('a drink that nobody drew gets a plain cup', () => {
  expect(pictureOf('icon_unheard_of').layers).toHaveLength(1)
})
