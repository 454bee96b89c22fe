import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'

import DisplayBoard from '@/display/components/DisplayBoard.vue'
import SignInAgain from '@/display/components/SignInAgain.vue'
import { numberGrid } from '@/display/orders/number-grid'
import { shortAddress } from '@/display/code/short-address'
import { qrImage } from '@/display/code/qr-image'
import { endsSoon } from '@/display/screen/sign-in-end'
import { useMovedBar } from '@/display/screen/use-moved-bar'
import type { Api } from '@/shared/api/api'
import type { Configuration } from '@/shared/configuration'
import type { AdminConfig, Bucket, Order, Queue } from '@/shared/api/contract'

import { configuration, order } from './fakes'
import { fakeBar, mountWithBar } from './mounting'

const [MINUTE, DAY] = [60_000, 86_400_000]

enableAutoUnmount(afterEach)
afterEach(() => void vi.useRealTimers())

interface Given {
  bucket?: Partial<Bucket>
  storeOpen?: boolean
  submitted?: Order[]
  completed?: Order[]
  queue?: Queue
  /** Undefined for a bar on AWS. */
  local?: Configuration['local']
}

const FOUR_MINUTES: Queue = { ahead: 3, secondsPerDrink: 47.5, barFull: false, waitSeconds: 190 }

function board(given: Given = {}) {
  const { bucket = {}, storeOpen = true, submitted = [], completed = [], queue = FOUR_MINUTES } = given
  const [startTs, endTs] = [Date.now() - MINUTE, Date.now() + 4 * MINUTE]
  const lists: Partial<Record<string, Order[]>> = { SUBMITTED: submitted, COMPLETED: completed }
  const api: Partial<Api> = {
    bucket: async () => ({ eventId: 'ABC', code: 'x1', availableTokens: 7, startTs, endTs, ...bucket }),
    orders: async (state) => ({ orders: lists[state] ?? [], nextToken: null }),
    adminConfig: async () =>
      ({ storeOpen, customerWaitSeconds: 300, baristaWaitSeconds: 900 }) as AdminConfig,
    queue: async () => queue,
  }
  const { local } = 'local' in given ? given : configuration
  return mountWithBar(DisplayBoard, { ...fakeBar({ api }), configuration: { ...configuration, local } })
}

describe('the board', () => {
  it('shows the code, what is left of it and for how long, and how long a drink takes', async () => {
    const wrapper = board()
    await vi.waitFor(() => expect(wrapper.find('img').exists()).toBe(true))
    expect(wrapper.text()).toContain('7 drinks left')
    expect(wrapper.get('[role="timer"]').text()).toMatch(/^(4:00|3:5\d)$/)
    await vi.waitFor(() => expect(wrapper.text()).toContain('about 4 minutes'))
  })

  it('Q51: takes the code away when its last drink is taken, and says when the next one comes', async () => {
    const wrapper = board({ bucket: { availableTokens: 0 } })
    await vi.waitFor(() => expect(wrapper.text()).toContain('All drinks of this code are taken'))
    expect(wrapper.text()).toMatch(/Next code in (4:00|3:5\d)/)
    expect(wrapper.find('img').exists()).toBe(false)
  })

  it('says that the shop is closed, and goes on showing what is being made', async () => {
    const wrapper = board({
      storeOpen: false,
      submitted: [{ ...order, orderState: 'SUBMITTED', orderNumber: 12 }],
    })
    await vi.waitFor(() => expect(wrapper.text()).toContain('We are closed'))
    expect(wrapper.find('img').exists()).toBe(false)
    await vi.waitFor(() => expect(wrapper.get('[aria-label="Preparing"]').text()).toContain('12'))
    expect(wrapper.text()).toContain('still being made')
  })

  it('shows numbers and drinks, and nothing of whose they are', async () => {
    const drinkOrder = { drink: 'Flat White', modifiers: ['Oat'], icon: 'icon_flat_white' }
    const one: Order = {
      ...order,
      drinkOrder,
      orderState: 'COMPLETED',
      orderNumber: 31,
      updatedTs: Date.now(),
    }
    const wrapper = board({ completed: [one] })
    await vi.waitFor(() => expect(wrapper.get('[aria-label="Ready"] li').text()).toBe('31Flat White'))
    for (const secret of [one.userId, one.orderId]) expect(wrapper.html()).not.toContain(secret)
  })

  it('shows every number, however many they are', async () => {
    const submitted = Array.from({ length: 40 }, (_, index): Order => ({
      ...order,
      orderId: `o${index.toString()}`,
      orderState: 'SUBMITTED',
      orderNumber: index + 1,
    }))
    const wrapper = board({ submitted })
    const column = wrapper.get('[aria-label="Preparing"]')
    await vi.waitFor(() => expect(column.findAll('li')).toHaveLength(40))
  })

  it('takes the code away while the bar is full, and says so', async () => {
    const wrapper = board({ queue: { ahead: 20, secondsPerDrink: 47.5, barFull: true, waitSeconds: 900 } })
    await vi.waitFor(() => expect(wrapper.get('h1').text()).toBe('Bar full'))
    expect(wrapper.find('img').exists()).toBe(false)
    expect(wrapper.text()).not.toContain('A drink takes about')
  })
})

describe('the way in', () => {
  const LINK = 'http://bar.test/pages/order/index.html#/scan?eventId=ABC&token=x1'

  it('is the code itself when it is touched, and stands in letters below it', async () => {
    const wrapper = board()
    await vi.waitFor(() => expect(wrapper.get('a:has(img)').attributes('href')).toBe(LINK))
    expect(wrapper.text()).toMatch(/bar\.test\s*Code x1/)
  })

  it('has a customer to play where the bar is local, and nowhere else', async () => {
    const wrapper = board()
    await vi.waitFor(() => expect(wrapper.get('a:not(:has(img))').text()).toBe('Play a customer'))
    expect(wrapper.get('a:not(:has(img))').attributes()).toMatchObject({ href: LINK, target: '_blank' })
    const onAws = board({ local: undefined })
    await vi.waitFor(() => expect(onAws.find('a:has(img)').exists()).toBe(true))
    expect(onAws.text()).not.toContain('Play a customer')
    expect(onAws.text()).toMatch(/bar\.test\/pages\/order\s*Code x1/)
  })

  it('names another shop than the one that every page is of', () => {
    expect(shortAddress(configuration, 'ABC')).toBe('bar.test')
    expect(shortAddress(configuration, 'X Y')).toBe('bar.test/pages/order?eventId=X+Y')
  })

  it('goes with the code', async () => {
    const wrapper = board({ bucket: { availableTokens: 0 } })
    await vi.waitFor(() => expect(wrapper.text()).toContain('All drinks of this code are taken'))
    expect(wrapper.find('a').exists()).toBe(false)
  })
})

describe('the QR code', () => {
  it('is black on white in either theme, with a quiet zone of four modules', () => {
    const svg = decodeURIComponent(qrImage('http://bar.test/').slice('data:image/svg+xml,'.length))
    expect(svg).toContain('<rect fill="white"')
    expect(svg).toContain('<path fill="black"')
    const firstModule = /M(\d+),(\d+)h10/.exec(svg)
    expect(firstModule?.slice(1)).toEqual(['40', '40'])
  })
})

it('the QR code of a long link has larger modules rather than more correction', () => {
  const modules = (length: number) => {
    const svg = decodeURIComponent(qrImage('http://bar.test/'.padEnd(length, 'x')))
    return Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]) / 10 - 8
  }
  expect(modules(80)).toBe(37) // version 5 with M
  expect(modules(106)).toBe(37) // version 5 with L, where M would be 45
})

describe('the end of the sign-in', () => {
  const token = (signedInAt: number) =>
    `e30.${btoa(JSON.stringify({ sub: 'bo', auth_time: signedInAt / 1000 }))}.`

  it('is announced three days before', () => {
    const now = 100 * DAY
    expect(endsSoon(token(now - 26 * DAY), now)).toBeNull()
    expect(endsSoon(token(now - 28 * DAY), now)).toBe(now + 2 * DAY)
  })

  it('stands in the header', async () => {
    const signedIn = token(Date.now() - 29 * DAY)
    const wrapper = mountWithBar(SignInAgain, fakeBar({ session: { token: async () => signedIn } }))
    await vi.waitFor(() => expect(wrapper.text()).toContain('Sign this screen in again before'))
  })
})

describe('a bar that was deployed anew', () => {
  function lost(found: () => Promise<typeof configuration>, isLost = true) {
    vi.useFakeTimers()
    const [read, move] = [vi.fn(found), vi.fn()]
    const setup = () => (useMovedBar(() => isLost, read, move), () => null)
    mountWithBar({ setup }, fakeBar())
    return { read, move }
  }

  it('is followed to where it is now, once it does not answer any more', async () => {
    const { move } = lost(async () => ({ ...configuration, apiUrl: 'http://bar.test/other' }))
    await vi.advanceTimersByTimeAsync(MINUTE)
    expect(move).toHaveBeenCalled()
  })

  it('is not looked for while it answers', async () => {
    const { read } = lost(async () => configuration, false)
    await vi.advanceTimersByTimeAsync(10 * MINUTE)
    expect(read).not.toHaveBeenCalled()
  })

  it('is waited for where it is the same, or nobody can tell', async () => {
    let asked = 0
    const { read, move } = lost(async () => {
      asked += 1
      if (asked % 2) throw new Error('no network')
      return structuredClone(configuration)
    })
    await vi.advanceTimersByTimeAsync(5 * MINUTE)
    expect(read.mock.calls.length).toBeGreaterThan(5)
    expect(move).not.toHaveBeenCalled()
  })
})

describe('where the code is taken', () => {
  it('the title says that another one comes, not to scan what is not there', async () => {
    const wrapper = board({ bucket: { availableTokens: 0 } })
    await vi.waitFor(() => expect(wrapper.get('h1').text()).toBe('New code soon'))
  })

  it('and while it can be scanned, the time beside it says what it counts', async () => {
    const wrapper = board()
    await vi.waitFor(() => expect(wrapper.get('h1').text()).toBe('Scan to order'))
    await vi.waitFor(() => expect(wrapper.text()).toMatch(/New code in\s*(4:00|3:5\d)/))
  })
})

it.each([
  [1, { columns: 1, rows: 5 }],
  [9, { columns: 1, rows: 9 }],
  [22, { columns: 2, rows: 11 }],
  [60, { columns: 3, rows: 20 }],
])('%i numbers all have a place', (count, grid) => {
  expect(numberGrid(count)).toEqual(grid)
})
