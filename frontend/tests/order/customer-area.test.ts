import { enableAutoUnmount, flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'

import CustomerArea from '@/order/components/CustomerArea.vue'
import { routes } from '@/order/routes'
import type { Api } from '@/shared/api/api'
import type { Order, ShopConfig } from '@/shared/api/contract'
import { Problem } from '@/shared/api/problems'
import { Realtime } from '@/shared/realtime/realtime'

import { FakeWebSocket, order } from '../fakes'
import { ana, fakeBar, mountWithBar } from '../mounting'

enableAutoUnmount(afterEach)

const flatWhite = { drink: 'Flat White', icon: 'icon_flat_white', available: true, modifiers: [] }
const shop: ShopConfig = { eventId: 'ABC', storeOpen: true, menu: [flatWhite], waitSeconds: 300 }
const drinkOrder = { drink: 'Flat White', icon: 'icon_flat_white', modifiers: [] }

/** What the bar has: change it, and `tell` of it. */
let bar: { order: Order; shop: ShopConfig }

function change(changes: Partial<Order>): void {
  const now = Date.now()
  bar.order = {
    ...bar.order,
    createdTs: now - 1000,
    updatedTs: Math.max(now, bar.order.updatedTs + 1),
    ...changes,
  }
}

async function visit(address: string, api: Partial<Api> = {}) {
  const WebSocket = FakeWebSocket as unknown as typeof globalThis.WebSocket
  const realtime = new Realtime({
    url: 'ws://bar.test',
    eventId: 'ABC',
    token: async () => 'token',
    WebSocket,
  })
  const routesOfBar: Partial<Api> = {
    config: async () => bar.shop,
    order: async () => bar.order,
    myOrders: async () => ({ orders: [bar.order], nextToken: null }),
    queue: async () => ({ ahead: 2, secondsPerDrink: 60, barFull: false, waitSeconds: 180 }),
    ...api,
  }
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(address)
  realtime.open()
  onTestFinished(() => realtime.close())
  await vi.waitFor(() => expect(FakeWebSocket.all).toHaveLength(1))
  const page = mountWithBar(CustomerArea, { ...fakeBar({ person: ana, api: routesOfBar }), realtime }, {}, [
    router,
  ])
  await flushPromises()
  const tell = async (type: string, detail: object) => {
    FakeWebSocket.all[0]?.say({ type, detail: { eventId: 'ABC', ...detail } })
    await flushPromises()
  }
  return { page, router, tell }
}

const heading = ({ page }: Awaited<ReturnType<typeof visit>>) => page.get('h1').text()

beforeEach(() => {
  FakeWebSocket.all = []
  bar = { order, shop }
  change({})
  vi.stubGlobal('scrollTo', () => undefined)
})

describe('a visit', () => {
  it('goes on with the order that waits for its drink', async () => {
    const shown = await visit('/')
    expect(heading(shown)).toBe('What would you like?')
    expect(shown.router.currentRoute.value.path).toBe('/orders/order-1')
  })

  it('begins with the scanner when nothing is under way', async () => {
    change({ orderState: 'CANCELLED', reason: 'Cancelled by customer' })
    expect(heading(await visit('/'))).toBe('Scan the code')
  })

  it('says that the bar is closed, and notices when it opens', async () => {
    change({ orderState: 'COMPLETED' })
    bar.shop = { ...shop, storeOpen: false }
    const shown = await visit('/scan')
    expect(heading(shown)).toBe('The bar is closed')
    bar.shop = shop
    await shown.tell('ConfigService.ConfigChanged', { storeOpen: true })
    expect(heading(shown)).toBe('Scan the code')
  })
})

describe('an order that moves on', () => {
  it('is shown as the bar has it, and announced', async () => {
    change({ orderState: 'SUBMITTED', orderNumber: 7, drinkOrder })
    const shown = await visit('/orders/order-1')
    expect(heading(shown)).toBe('You are in the queue')
    change({ orderState: 'IN_PRODUCTION' })
    await shown.tell('OrderManager.MakeOrder', { orderId: 'order-1', userId: ana.userId })
    expect(heading(shown)).toBe('Your drink is being made')
    expect(shown.page.findAll('[role=status]').map((region) => region.text())).toContain('Being made')
    expect(shown.page.text()).not.toContain('Cancel this order')
  })

  it('calls its customer back from another screen when the drink is ready, and shakes the phone', async () => {
    const vibrate = vi.fn()
    Object.assign(navigator, { vibrate })
    change({ orderState: 'IN_PRODUCTION', orderNumber: 7, drinkOrder })
    const shown = await visit('/history')
    change({ orderState: 'COMPLETED' })
    await shown.tell('OrderManager.OrderCompleted', { orderId: 'order-1', userId: ana.userId })
    expect(heading(shown)).toBe('It is ready!')
    expect(shown.page.get('[role=alert]').text()).toBe(
      'Your drink is ready. Collect number 7 at the counter.',
    )
    expect(document.title).toContain('#7 Ready')
    expect(vibrate).toHaveBeenCalledOnce()
  })

  it('leaves its customer with the menu where another choice runs, tells of it, and stays in sight', async () => {
    change({ orderState: 'IN_PRODUCTION', orderNumber: 7, drinkOrder })
    const choosing = { ...order, orderId: 'order-2', createdTs: Date.now() }
    const shown = await visit('/orders/order-2', {
      order: async (orderId) => (orderId === 'order-2' ? choosing : bar.order),
      myOrders: async () => ({ orders: [choosing, bar.order], nextToken: null }),
    })
    expect(heading(shown)).toBe('What would you like?')
    change({ orderState: 'COMPLETED' })
    await shown.tell('OrderManager.OrderCompleted', { orderId: 'order-1', userId: ana.userId })
    expect(heading(shown)).toBe('What would you like?')
    expect(shown.page.get('[role=alert]').text()).toContain('Collect number 7')
    const line = shown.page.get('[aria-label="Ended meanwhile"] a')
    expect(line.text()).toContain('Ready')
    await line.trigger('click')
    await flushPromises()
    expect(heading(shown)).toBe('It is ready!')
    expect(shown.page.find('[aria-label="Ended meanwhile"]').exists()).toBe(false)
  })

  it('of last week is ready for nobody any more', async () => {
    const lastWeek = Date.now() - 7 * 24 * 3_600_000
    bar.order = { ...order, orderState: 'COMPLETED', drinkOrder, createdTs: lastWeek, updatedTs: lastWeek }
    const shown = await visit('/history')
    expect(shown.page.get('.state').text()).toBe('Done')
  })

  it('Q46: is not touched by what happens to anybody else, or to the menu', async () => {
    change({ orderState: 'SUBMITTED', orderNumber: 7, drinkOrder })
    const shown = await visit('/orders/order-1')
    await shown.tell('OrderManager.OrderCompleted', { orderId: 'order-2', userId: 'somebody-else' })
    await shown.tell('ConfigService.ConfigChanged', { storeOpen: true })
    expect(heading(shown)).toBe('You are in the queue')
  })

  it.each([
    ['Customer timedout', 'Time is up'],
    ['Barista timedout', 'Sorry, we did not get to it'],
    ['Shop closed', 'The bar is closed'],
    ['Bar full', 'The bar was full'],
    ['Cancelled by customer', 'You cancelled this order'],
    ['Cancelled by barista', 'A barista cancelled this order'],
    ['Something broke', 'Something broke on our side'],
    ['of a kind that nobody knows yet', 'This order ended without a drink'],
  ])('that ends with "%s" says so in plain words', async (reason, words) => {
    change({ orderState: reason === 'Something broke' ? 'FAILED' : 'CANCELLED', reason })
    expect(heading(await visit('/orders/order-1'))).toBe(words)
  })
})

describe('choosing', () => {
  it('shows the menu soon after it could not be read once', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    onTestFinished(() => void vi.useRealTimers())
    const config = vi.fn<Api['config']>(async () => bar.shop)
    config.mockRejectedValueOnce(new Problem(500, 'InternalServerError', 'oops'))
    const shown = await visit('/orders/order-1', { config })
    expect(shown.page.find('h1').exists()).toBe(false)
    await vi.advanceTimersByTimeAsync(5000)
    expect(heading(shown)).toBe('What would you like?')
  })

  it('tells the bar, and shows what it answers', async () => {
    const submit = vi.fn<Api['submit']>(async () => {
      change({ orderState: 'SUBMITTED', orderNumber: 7, drinkOrder })
      return bar.order
    })
    const shown = await visit('/orders/order-1', { submit })
    await shown.page.get('input[type=radio]').setValue()
    await shown.page.get('form').trigger('submit')
    await flushPromises()
    expect(submit).toHaveBeenCalledExactlyOnceWith('order-1', { drink: 'Flat White', modifiers: [] })
    expect(heading(shown)).toBe('You are in the queue')
  })

  it.each(['the answer', 'the news'])(
    'ends with the focus at the new heading, once, by %s',
    async (first) => {
      let answer: () => void = () => undefined
      const submit: Api['submit'] = () => new Promise((resolve) => (answer = () => resolve(bar.order)))
      const shown = await visit('/orders/order-1', { submit })
      await shown.page.get('input[type=radio]').setValue()
      await shown.page.get('form').trigger('submit')
      const main = document.createElement('main') // the page's, around all screens
      main.append(...document.body.childNodes)
      document.body.append(main)
      onTestFinished(() => main.remove())
      const focus = vi.spyOn(HTMLElement.prototype, 'focus')
      change({ orderState: 'SUBMITTED', orderNumber: 7, drinkOrder })
      const news = () =>
        shown.tell('OrderManager.WaitingCompletion', { orderId: 'order-1', userId: ana.userId })
      if (first === 'the news') await news()
      answer()
      await flushPromises()
      if (first === 'the answer') await news()
      expect(focus.mock.contexts.map((element) => (element as HTMLElement).tagName)).toEqual(['H1'])
      expect(document.activeElement?.textContent).toBe('You are in the queue')
    },
  )

  it('says so when the drink runs out meanwhile', async () => {
    const shown = await visit('/orders/order-1')
    await shown.page.get('input[type=radio]').setValue()
    bar.shop = {
      ...shop,
      menu: [
        { ...flatWhite, available: false },
        { ...flatWhite, drink: 'Mocha' },
      ],
    }
    await shown.tell('ConfigService.ConfigChanged', { storeOpen: true })
    expect(shown.page.text()).toContain('Flat White has just run out.')
    expect(shown.page.get('button[type=submit]').attributes('disabled')).toBeDefined()
  })
})

describe('a scanned code in the address', () => {
  it('gives way to its order, so that going back or loading again spends no other', async () => {
    const redeem = vi.fn<Api['redeem']>(async () => 'order-1')
    const shown = await visit('/scan?eventId=ABC&token=a1B2-c3D_4', { redeem })
    await flushPromises()
    expect(redeem).toHaveBeenCalledExactlyOnceWith('a1B2-c3D_4', 'ABC')
    expect(shown.router.currentRoute.value.fullPath).toBe('/orders/order-1')
  })

  it('leads to the live order at the limit, and says why', async () => {
    const redeem: Api['redeem'] = async () => {
      throw new Problem(409, 'OrderLimitReached', 'one at a time')
    }
    const shown = await visit('/scan?eventId=ABC&token=a1B2-c3D_4', { redeem })
    await flushPromises()
    expect(heading(shown)).toBe('What would you like?')
    expect(shown.page.text()).toContain('as many orders as one person may have')
  })

  it('is tried again by itself when the shop opens', async () => {
    change({ orderState: 'COMPLETED' })
    bar.shop = { ...shop, storeOpen: false }
    const redeem = vi.fn<Api['redeem']>()
    redeem.mockRejectedValueOnce(new Problem(409, 'ShopClosed', 'closed')).mockResolvedValueOnce('order-1')
    const shown = await visit('/scan?eventId=ABC&token=a1B2-c3D_4', { redeem })
    expect(heading(shown)).toBe('The bar is closed')
    bar.shop = shop
    await shown.tell('ConfigService.ConfigChanged', { storeOpen: true })
    await vi.waitFor(() => expect(shown.router.currentRoute.value.name).toBe('order'))
  })
})
