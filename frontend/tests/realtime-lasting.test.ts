/** A connection that lasts: replaced before the bar falls silent on it, and nothing that got lost stays lost. */
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'

import { Problem } from '@/shared/api/problems'
import type { Follower } from '@/shared/realtime/followers'
import { Realtime } from '@/shared/realtime/realtime'

import { accessToken, FakeWebSocket } from './fakes'

const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000]
const MAKE = { type: 'OrderManager.MakeOrder', detail: { eventId: 'ABC', orderId: 'order-1' } }
const PONG = { type: 'pong', detail: {} }
const unreachable = new Problem(0, 'Unreachable', '')

interface Given {
  /** How long each token is good for, ms. */
  tokensLast?: number
  /** How far the bar's clock is ahead, ms. */
  ahead?: number
  follower?: Partial<Follower>
}

/** A page that is connected; each far end answers pings. */
async function connected({ tokensLast = 24 * HOUR, ahead = 0, follower = {} }: Given = {}) {
  const WebSocket = FakeWebSocket as unknown as typeof globalThis.WebSocket
  const now = () => Date.now() + ahead
  const token = vi.fn(async () => accessToken('ana', [], now() + tokensLast))
  const realtime = new Realtime({ url: 'ws://bar.test', eventId: 'ABC', token, now, WebSocket })
  onTestFinished(() => realtime.close())
  const [message, catchUp] = [vi.fn(follower.message), vi.fn(follower.catchUp)]
  realtime.follow({ message, catchUp })
  realtime.open()
  await accepted(1)
  await vi.advanceTimersByTimeAsync(0)
  catchUp.mockClear()
  return { realtime, token, message, catchUp }
}

async function accepted(count: number): Promise<FakeWebSocket> {
  while (FakeWebSocket.all.length < count) await vi.advanceTimersByTimeAsync(SECOND)
  const far = FakeWebSocket.all[count - 1] ?? expect.unreachable()
  vi.spyOn(far, 'send').mockImplementation(() => far.say(PONG))
  far.accept()
  return far
}

beforeEach(() => {
  FakeWebSocket.all = []
  vi.useFakeTimers()
})
afterEach(() => void vi.useRealTimers())

describe('before the bar falls silent on it, a connection is replaced', () => {
  it('a minute before its token ends, with a new token, and followers catch up', async () => {
    const { realtime, token, catchUp } = await connected({ tokensLast: HOUR })
    await vi.advanceTimersByTimeAsync(HOUR - MINUTE)
    expect([token.mock.calls.length, FakeWebSocket.all.length]).toEqual([1, 1])
    catchUp.mockClear()
    const next = await accepted(2)
    expect(token).toHaveBeenCalledTimes(2)
    expect(FakeWebSocket.all[0]?.readyState).toBe(FakeWebSocket.CLOSED)
    expect(next.url).not.toBe(FakeWebSocket.all[0]?.url)
    expect(realtime.status.value).toBe('connected')
    expect(catchUp).toHaveBeenCalledOnce()
  })

  it('by the bar’s clock, not by this machine’s', async () => {
    await connected({ tokensLast: HOUR, ahead: 30 * MINUTE })
    await vi.advanceTimersByTimeAsync(HOUR - MINUTE)
    expect(FakeWebSocket.all).toHaveLength(1)
    await accepted(2)
  })

  it('within two hours, however long its token is good', async () => {
    await connected({ tokensLast: 24 * HOUR })
    await vi.advanceTimersByTimeAsync(2 * HOUR - MINUTE)
    expect(FakeWebSocket.all).toHaveLength(1)
    await accepted(2)
    await vi.advanceTimersByTimeAsync(2 * HOUR - MINUTE)
    expect(FakeWebSocket.all).toHaveLength(2)
  })

  it('as soon as a machine that slept past the end wakes', async () => {
    await connected({ tokensLast: HOUR })
    vi.setSystemTime(Date.now() + 3 * HOUR) // timers stood still
    await vi.advanceTimersByTimeAsync(10 * SECOND)
    await accepted(2)
  })

  it('but not at once, again and again, where every token ends at once', async () => {
    await connected({ tokensLast: 0 })
    await vi.advanceTimersByTimeAsync(9 * SECOND)
    expect(FakeWebSocket.all).toHaveLength(1)
  })
})

describe('while it is connected', () => {
  it('a message that never came is made good within two minutes', async () => {
    const { catchUp } = await connected()
    await vi.advanceTimersByTimeAsync(2 * MINUTE)
    expect(catchUp).toHaveBeenCalled()
  })

  it('a reading that fails after a message is made good in a few seconds, by one that reads all', async () => {
    const { message, catchUp } = await connected({ follower: { message: () => Promise.reject(unreachable) } })
    FakeWebSocket.all[0]?.say(MAKE)
    FakeWebSocket.all[0]?.say(MAKE)
    await vi.advanceTimersByTimeAsync(5 * SECOND)
    expect(message).toHaveBeenCalledTimes(2)
    expect(catchUp).toHaveBeenCalledOnce()
  })

  it('catching up that fails is tried again soon, then less and less often, until it goes well', async () => {
    let works = true
    const follower = { catchUp: () => (works ? undefined : Promise.reject(unreachable)) }
    const { catchUp, realtime } = await connected({ follower })
    works = false
    FakeWebSocket.all[0]?.drop()
    await accepted(2)
    await vi.advanceTimersByTimeAsync(MINUTE)
    expect(realtime.status.value).toBe('connected')
    const tries = catchUp.mock.calls.length
    expect(tries).toBeGreaterThan(3)
    expect(tries).toBeLessThan(12)
    works = true
    await vi.advanceTimersByTimeAsync(MINUTE)
    catchUp.mockClear()
    await vi.advanceTimersByTimeAsync(80 * SECOND)
    expect(catchUp.mock.calls.length).toBeLessThan(2)
  })

  it('leaves no timer behind when it is closed after a failure', async () => {
    const { realtime } = await connected({ follower: { message: () => Promise.reject(unreachable) } })
    FakeWebSocket.all[0]?.say(MAKE)
    await vi.advanceTimersByTimeAsync(SECOND)
    realtime.close()
    expect(vi.getTimerCount()).toBe(0)
  })
})
