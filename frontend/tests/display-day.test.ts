/**
 * A day of the display, second by second, at a bar whose network, clock and answers fail as they do in a shopping mall.
 *
 * No answer here carries a `Date` header: what the display knows of the time it knows from this machine and the codes.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, effectScope, type EffectScope } from 'vue'

import { useDisplay, type Display } from '@/display/use-display'
import type { Api } from '@/shared/api/api'
import type { AdminConfig, Order, OrderState } from '@/shared/api/contract'
import { Problem } from '@/shared/api/problems'
import { barKey } from '@/shared/bar'
import { Realtime } from '@/shared/realtime/realtime'

import { FakeWebSocket, order } from './fakes'
import { fakeBar } from './mounting'

const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000]
const CODE_MS = 5 * MINUTE
const GRACE_S = 15
const EVERY = 2 * MINUTE // an order comes, is chosen at once, made after a minute, and ready after two and a half

type Network = 'up' | 'refused' | 'silent' | 'nonsense' | 'faulty' | 'forbidden'

const FAILURES: Record<Exclude<Network, 'up'>, { afterMs: number; error: Error }> = {
  refused: { afterMs: 7 * SECOND, error: new Problem(0, 'Unreachable', 'connection refused') },
  silent: { afterMs: 82 * SECOND, error: new Problem(0, 'Unreachable', 'timeout') },
  nonsense: { afterMs: 50, error: new SyntaxError('<html> is no JSON') },
  faulty: { afterMs: 7 * SECOND, error: new Problem(500, 'InternalServerError', 'oops') },
  forbidden: { afterMs: 50, error: new Problem(403, 'Forbidden', 'not an admin') },
}

const yieldToPromises = setImmediate // the real one, before a test fakes it
const settle = () => new Promise<void>((resolve) => yieldToPromises(resolve))

/** The bar as it really is; the display's only source. */
class World {
  network: Network = 'up'
  calls = 0
  #slept = 0
  #socket: FakeWebSocket | null = null
  readonly #start = Date.now() - performance.now()

  /** The true time, whatever a clock says. */
  now(): number {
    return this.#start + performance.now() + this.#slept
  }

  sleep(ms: number): void {
    this.#slept += ms
    vi.setSystemTime(Date.now() + ms)
  }

  bucketNow(): number {
    return Math.floor(this.now() / CODE_MS)
  }

  orders(state: OrderState): Order[] {
    const last = Math.floor(this.now() / EVERY)
    return Array.from({ length: 90 }, (_, back) => this.#order(last - back))
      .filter(({ orderState }) => orderState === state)
      .reverse()
  }

  #order(index: number): Order {
    const createdTs = index * EVERY
    const age = this.now() - createdTs
    const orderState = age < MINUTE ? 'SUBMITTED' : age < 2.5 * MINUTE ? 'IN_PRODUCTION' : 'COMPLETED'
    const since = { SUBMITTED: 0, IN_PRODUCTION: MINUTE, COMPLETED: 2.5 * MINUTE }[orderState]
    return {
      ...order,
      orderId: `o-${index.toString()}`,
      orderNumber: index % 1000,
      orderState,
      createdTs,
      updatedTs: createdTs + since,
    }
  }

  /** Whatever is asked for: answered now, or failing as the network fails. */
  #answer<T>(give: () => T): Promise<T> {
    this.calls += 1
    if (this.network === 'up') return Promise.resolve(give())
    const { afterMs, error } = FAILURES[this.network]
    return new Promise((_, reject) => setTimeout(() => reject(error), afterMs))
  }

  api(): Partial<Api> {
    return {
      bucket: () =>
        this.#answer(() => {
          const startTs = this.bucketNow() * CODE_MS
          return {
            eventId: 'ABC',
            code: this.bucketNow().toString(),
            availableTokens: 8,
            startTs,
            endTs: startTs + CODE_MS - 1,
          }
        }),
      orders: (state) => this.#answer(() => ({ orders: this.orders(state), nextToken: null })),
      adminConfig: () =>
        this.#answer(
          () => ({ storeOpen: true, customerWaitSeconds: 300, baristaWaitSeconds: 900 }) as AdminConfig,
        ),
      queue: () => this.#answer(() => ({ ahead: 2, secondsPerDrink: 50, barFull: false, waitSeconds: 150 })),
    }
  }

  /** What comes over the WebSocket in this second; those of one order in seven are lost. */
  tellSecond(): void {
    const opened = FakeWebSocket.all.splice(0).at(-1)
    if (opened) this.#socket = opened
    const socket = this.#socket
    if (this.network === 'silent' || !socket) return
    if (this.network !== 'up') {
      if (socket.readyState !== FakeWebSocket.CLOSED) socket.drop()
      return
    }
    if (socket.readyState === FakeWebSocket.CONNECTING) socket.accept()
    if (socket.sent.splice(0).length > 0) socket.say({ type: 'pong', detail: {} })
    for (const { orderId, orderNumber, orderState, updatedTs: at } of this.#changedJustNow()) {
      const [type, baristaUserId] = TOLD[orderState] ?? expect.unreachable()
      socket.say({ type, detail: { orderId, orderNumber, baristaUserId, at } })
    }
  }

  #changedJustNow(): Order[] {
    const latest = (['SUBMITTED', 'IN_PRODUCTION', 'COMPLETED'] as const).flatMap((state) =>
      this.orders(state).slice(-1),
    )
    return latest.filter(
      ({ updatedTs, orderNumber }) => this.now() - updatedTs < SECOND && Number(orderNumber) % 7 !== 0,
    )
  }
}

const TOLD: Partial<Record<OrderState, [string, string]>> = {
  SUBMITTED: ['OrderManager.WaitingCompletion', ''],
  IN_PRODUCTION: ['OrderManager.MakeOrder', 'bo'],
  COMPLETED: ['OrderManager.OrderCompleted', 'bo'],
}

let scope: EffectScope
let world: World
let display: Display
const ends: (() => void)[] = []

function open(): void {
  world = new World()
  const WebSocket = FakeWebSocket as unknown as typeof globalThis.WebSocket
  const realtime = new Realtime({
    url: 'ws://bar.test',
    eventId: 'ABC',
    token: async () => 'token',
    WebSocket,
  })
  const app = createApp({}).provide(barKey, { ...fakeBar({ api: world.api() }), realtime })
  scope = effectScope()
  display = app.runWithContext(() => scope.run(() => useDisplay())) ?? expect.unreachable()
  realtime.open()
  ends.push(() => realtime.close())
}

/** Lets time pass. @param check - called each second with how many have passed. */
async function pass(ms: number, check: (second: number) => unknown = () => undefined): Promise<void> {
  for (let second = 1; second <= ms / SECOND; second += 1) {
    vi.advanceTimersByTime(SECOND)
    world.tellSecond()
    await settle()
    expectNoExpiredCode()
    check(second)
  }
}

/** The bar takes a code for 15 s after its end: no customer ever scans in vain. */
function expectNoExpiredCode(): void {
  if (display.code.face.value !== 'code') return
  const shown = Number(display.code.bucket.value?.code)
  const endedFor = world.now() - (shown + 1) * CODE_MS
  if (endedFor >= GRACE_S * SECOND) throw new Error(`shows a code that ended ${endedFor.toString()} ms ago`)
}

function shown() {
  const { code, orders, wait } = display
  const preparing = orders.preparing.value.map(({ orderNumber, stage }) => [orderNumber, stage])
  const latest = orders.ready.value[0]?.orderNumber
  return { face: code.face.value, code: code.bucket.value?.code, preparing, latest, wait: wait.value }
}

function truth() {
  const numbers = (state: OrderState) => world.orders(state).map(({ orderNumber }) => orderNumber)
  const queued = numbers('SUBMITTED').map((number) => [number, 'queued'])
  const making = numbers('IN_PRODUCTION').map((number) => [number, 'making'])
  const preparing = [...making, ...queued]
  return {
    face: 'code',
    code: world.bucketNow().toString(),
    preparing,
    latest: numbers('COMPLETED').at(-1),
    wait: 3,
  }
}

/** Messages may have been lost, so it may take until the next reading of everything. */
async function expectTruth(): Promise<void> {
  for (let second = 0; second < 125 && JSON.stringify(shown()) !== JSON.stringify(truth()); second += 1)
    await pass(SECOND)
  expect(shown()).toEqual(truth())
}

/** How many timers run for good; passing ones come and go. */
async function fewestTimers(): Promise<number> {
  let fewest = Infinity
  await pass(MINUTE, () => (fewest = Math.min(fewest, vi.getTimerCount())))
  return fewest
}

/** Half a minute into a code, when nothing is about to change. */
async function untilQuiet(): Promise<void> {
  await pass(CODE_MS - (world.now() % CODE_MS) + 30 * SECOND)
}

beforeEach(() => {
  FakeWebSocket.all = []
  vi.useFakeTimers({ now: Date.UTC(2026, 4, 3, 8) })
  open()
})
afterEach(() => {
  scope.stop()
  ends.splice(0).forEach((end) => end())
  vi.useRealTimers()
})

describe('the display', () => {
  it(
    'shows the truth through a whole day of failures, and at its end needs no more than at its beginning',
    { timeout: 120_000 },
    async () => {
      const failures: [Network, number][] = [
      ['refused', 20 * MINUTE], ['silent', 3 * HOUR], ['nonsense', HOUR], ['faulty', 40 * MINUTE], ['forbidden', 10 * MINUTE],
      ['refused', 20 * SECOND], ['silent', 50 * SECOND], ['refused', 5 * HOUR],
    ] // prettier-ignore
      await pass(30 * MINUTE)
      await untilQuiet()
      await expectTruth()
      const timers = await fewestTimers()
      for (const [network, lasting] of failures) {
        world.network = network
        await pass(lasting)
        world.network = 'up'
        await pass(90 * SECOND)
        await untilQuiet()
        await expectTruth()
        await pass(HOUR)
      }
      await untilQuiet()
      await expectTruth()
      expect(await fewestTimers()).toBe(timers)
      const before = world.calls
      await pass(HOUR)
      expect(world.calls - before).toBeLessThan(1500)
    },
  )

  it('shows each code in its five minutes only, and the next within seconds', async () => {
    await untilQuiet()
    let without = 0
    await pass(HOUR, () => {
      if (display.code.face.value === 'code')
        expect(display.code.bucket.value?.code).toBe(world.bucketNow().toString())
      else without += 1
    })
    expect(without).toBeLessThanOrEqual(12 * 4)
  })

  it.each(['refused', 'silent', 'nonsense', 'faulty'] as const)(
    'covers the code while the network is %s',
    async (network) => {
      await untilQuiet()
      world.network = network
      await pass(10 * MINUTE, (second) => {
        if (second > 45) expect(display.code.face.value).toBe('reconnecting')
      })
    },
  )

  it('says that the bar says no', async () => {
    world.network = 'forbidden'
    await pass(MINUTE)
    expect(display.code.face.value).toBe('refused')
    expect(display.code.refusal.value?.code).toBe('Forbidden')
  })

  it.each([-26 * HOUR, -3 * MINUTE, 90 * SECOND, HOUR])(
    'goes on when somebody sets the clock by %d ms',
    async (jump) => {
      await untilQuiet()
      vi.setSystemTime(Date.now() + jump)
      await pass(10 * MINUTE)
      await untilQuiet()
      await expectTruth()
      expect(Math.abs(display.code.now.value - world.now())).toBeLessThan(2 * SECOND)
    },
  )

  it('shows the truth soon after the machine slept', async () => {
    await untilQuiet()
    world.sleep(8 * HOUR + 2 * MINUTE)
    await pass(SECOND)
    expect(display.code.bucket.value?.code).toBe(world.bucketNow().toString())
    await expectTruth()
  })

  it('is right on a machine whose clock was never right', async () => {
    scope.stop()
    ends.splice(0).forEach((end) => end())
    open()
    vi.setSystemTime(0)
    await pass(CODE_MS)
    await untilQuiet()
    await expectTruth()
  })
})
