import { flushPromises } from '@vue/test-utils'
import Toast from 'primevue/toast'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'

import { provideBarista } from '@/barista/barista'
import BoardScreen from '@/barista/screens/BoardScreen.vue'
import type { Api } from '@/shared/api/api'
import type { Order, OrderState } from '@/shared/api/contract'
import { Problem } from '@/shared/api/problems'
import { Realtime } from '@/shared/realtime/realtime'

import { FakeWebSocket, order as someOrder } from '../fakes'
import { ana, fakeBar, mountWithBar } from '../mounting'

const bo = { ...ana, userId: 'barista-1', isBarista: true }
const waiting: Order = {
  ...someOrder,
  orderState: 'SUBMITTED',
  orderNumber: 7,
  drinkOrder: { drink: 'Flat White', modifiers: ['Oat'], icon: 'icon_flat_white' },
}
const anothers: Order = {
  ...waiting,
  orderState: 'IN_PRODUCTION',
  baristaUserId: 'barista-2',
  updatedTs: 2_000,
}

const Screen = defineComponent({
  setup() {
    provideBarista()
    return () => [h(BoardScreen), h(Toast)]
  },
})

/** The board at a bar that holds these orders. */
async function screen(orders: Order[], api: Partial<Api> = {}) {
  const bar = fakeBar({
    person: bo,
    api: {
      adminConfig: () => new Promise<never>(() => undefined),
      orders: async (state: OrderState) => ({
        orders: orders.filter(({ orderState }) => orderState === state),
        nextToken: null,
      }),
      ...api,
    },
  })
  const WebSocket = FakeWebSocket as unknown as typeof globalThis.WebSocket
  const realtime = new Realtime({ url: 'ws://bar.test', eventId: 'ABC', token: async () => '', WebSocket })
  const wrapper = mountWithBar(Screen, { ...bar, realtime })
  await flushPromises()
  return { wrapper, realtime, column: (name: string) => wrapper.get(`[aria-labelledby="column-${name}"]`) }
}

beforeEach(() => {
  FakeWebSocket.all = []
})
afterEach(() => {
  document.body.innerHTML = ''
})

it('a card says what to make and with what', async () => {
  const { column } = await screen([waiting])
  const text = column('waiting').text()
  for (const part of ['7', 'Flat White', 'Oat', 'Make', 'Complete']) expect(text).toContain(part)
  expect(column('making').text()).not.toContain('Flat White')
})

it('a claim that another barista was faster with is taken back with a word', async () => {
  const { wrapper, column } = await screen([waiting], {
    make: async () => {
      throw new Problem(409, 'AlreadyClaimed', 'another barista is making this order')
    },
    order: async () => anothers,
  })
  await column('waiting').get('button').trigger('click')
  await flushPromises()
  expect(column('making').text()).toContain('Another barista is making it')
  expect(column('making').text()).not.toContain('Put back')
  expect(document.body.textContent).toContain('Order 7 was not moved.')
  wrapper.unmount()
})

it('where nobody answered a claim, it says that nobody knows', async () => {
  const { wrapper, column } = await screen([waiting], {
    make: async () => {
      throw new Problem(0, 'Unreachable', '')
    },
    order: async () => waiting,
  })
  await column('waiting').get('button').trigger('click')
  await flushPromises()
  expect(document.body.textContent).toContain('It is not known whether order 7 was moved.')
  expect(column('waiting').text()).toContain('Flat White')
  wrapper.unmount()
})

it('what another barista does moves the card for everybody', async () => {
  const { column, realtime } = await screen([waiting], { order: async () => anothers })
  realtime.open()
  await vi.waitFor(() => expect(FakeWebSocket.all).toHaveLength(1))
  FakeWebSocket.all[0]?.say({ type: 'OrderManager.MakeOrder', detail: { orderId: 'order-1' } })
  await vi.waitFor(() => expect(column('making').text()).toContain('Another barista is making it'))
  expect(column('making').text()).toMatch(/Barista [0-9A-F]{2}/)
  expect(column('waiting').text()).toContain('Nobody is waiting.')
  realtime.close()
})
