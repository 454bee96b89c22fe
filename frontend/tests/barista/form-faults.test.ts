import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { defineComponent, h, type Component } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'

import { provideBarista, type Barista } from '@/barista/barista'
import LimitsScreen from '@/barista/screens/LimitsScreen.vue'
import MenuScreen from '@/barista/screens/MenuScreen.vue'
import type { Api } from '@/shared/api/api'
import type { AdminConfig } from '@/shared/api/contract'
import { Problem } from '@/shared/api/problems'

import { adminConfig } from '../fakes'
import { ana, fakeBar, mountWithBar } from '../mounting'

const config: AdminConfig = {
  ...adminConfig,
  menu: [{ drink: 'Latte', icon: 'icon_latte', available: true, modifiers: [] }],
}

/** A screen of a shop that is told anew, each time as a new object, what `shop` says. */
async function screen(component: Component, api: Partial<Api>) {
  let shop = config
  let barista: Barista | undefined
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component }] })
  await router.push('/')
  const page = mountWithBar(
    defineComponent(() => {
      barista = provideBarista()
      return () => h(RouterView)
    }),
    fakeBar({
      person: { ...ana, isBarista: true },
      api: {
        adminConfig: async () => structuredClone(shop),
        orders: async () => ({ orders: [], nextToken: null }),
        ...api,
      },
    }),
    {},
    [router],
  )
  await flushPromises()
  return {
    page,
    save: async () => {
      const button = page.findAll('.save-bar button').find((one) => one.text() === 'Save')
      await button?.trigger('click')
      await flushPromises()
    },
    tellAnew: async (changes: Partial<AdminConfig> = {}) => {
      shop = { ...shop, ...changes }
      await barista?.shop.refresh()
      await flushPromises()
    },
  }
}

const refusal = (message: string) => () => Promise.reject(new Problem(400, 'BadRequest', message))

it('a limit’s fault stays at its field when the shop is told anew, and goes when the barista writes', async () => {
  const setLimits = vi.fn(refusal('body.drinksPerBarcode must be smaller than or equal to 1000'))
  const { page, save, tellAnew } = await screen(LimitsScreen, { setLimits })
  const field = page.get<HTMLInputElement>('#drinksPerBarcode')
  const fault = () => page.get('#drinksPerBarcode-fault').text()
  await field.setValue('9999')
  await save()
  expect(fault()).toBe('The number is too large.')
  await tellAnew()
  await tellAnew({ maxOrdersInQueue: 5 }) // what another barista changed shows beside
  expect([fault(), field.element.value]).toEqual(['The number is too large.', '9999'])
  expect(page.get<HTMLInputElement>('#maxOrdersInQueue').element.value).toBe('5')
  await field.setValue('99')
  expect(page.find('#drinksPerBarcode-fault').text()).toBe('')
})

it('so does a drink’s', async () => {
  const setMenu = vi.fn(refusal('body.menu[0].drink must match pattern ^x$'))
  const { page, save, tellAnew } = await screen(MenuScreen, { setMenu })
  await page.get('[aria-expanded]').trigger('click')
  const field = page.get<HTMLInputElement>('#menu-0-drink')
  const fault = () => page.get('#menu-0-drink-fault').text()
  await field.setValue('Latte\u200b')
  await save()
  const told = fault()
  expect(told).not.toBe('')
  await tellAnew()
  await tellAnew({ maxOrdersInQueue: 5 })
  expect(fault()).toBe(told)
  await field.setValue('Flat White')
  expect(fault()).toBe('')
})
