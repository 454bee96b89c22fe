// @vitest-environment node
import { expect, it } from 'vitest'
import { ref } from 'vue'

import { pickedOf, usePicking } from '@/order/orders/choice'
import type { MenuItem } from '@/shared/api/contract'

const MILK = { Name: 'Milk', Options: ['Regular', 'Oat'] }
const flatWhite: MenuItem = {
  drink: 'Flat White',
  icon: 'icon_flat_white',
  available: true,
  modifiers: [MILK],
}
const espresso: MenuItem = { drink: 'Espresso', icon: 'icon_single_espresso', available: true, modifiers: [] }
const gone: MenuItem = { ...espresso, drink: 'Mocha', available: false }

it('only what is available can be picked', () => {
  expect(usePicking(() => [flatWhite, gone]).drinks.value).toEqual([flatWhite])
})

it('a drink takes the options that it comes with, and no others', () => {
  expect(pickedOf(flatWhite, { Milk: 'Oat', Size: 'Large' })).toEqual(['Oat'])
  expect(pickedOf(flatWhite, { Milk: 'Soy' })).toEqual(['Regular'])
  expect(pickedOf(espresso, { Milk: 'Oat' })).toEqual([])
})

it('a question with several answers has its first one, and a single answer is an extra', () => {
  const cinnamon = { Name: 'Extra', Options: ['Cinnamon'] }
  const drink = { ...flatWhite, modifiers: [MILK, cinnamon] }
  expect(pickedOf(drink, {})).toEqual(['Regular'])
  expect(pickedOf(drink, { Extra: 'Cinnamon' })).toEqual(['Regular', 'Cinnamon'])
})

it('there is a choice once a drink is picked, and none any more when it runs out', () => {
  const menu = ref([flatWhite, espresso])
  const { drink, options, choice } = usePicking(() => menu.value)
  expect(choice.value).toBeNull()
  drink.value = 'Flat White'
  options.Milk = 'Oat'
  expect(choice.value).toEqual({ drink: 'Flat White', modifiers: ['Oat'] })
  menu.value = [espresso]
  expect(choice.value).toBeNull()
})
