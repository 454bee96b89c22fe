import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { Realtime } from '@/shared/realtime/realtime'

import { FakeWebSocket } from './fakes'

const MAKE = {
  type: 'OrderManager.MakeOrder',
  detail: { eventId: 'ABC', orderId: 'order-1', baristaUserId: 'bo' },
}

function listening(url: string | null = 'ws://bar.test/realtime') {
  let calls = 0
  const WebSocket = FakeWebSocket as unknown as typeof globalThis.WebSocket
  const token = async () => `token-${(calls += 1).toString()}`
  const realtime = new Realtime({ url, eventId: 'ABC', token, WebSocket })
  const follower = { message: vi.fn(), catchUp: vi.fn() }
  const leave = realtime.follow(follower)
  realtime.open()
  return { realtime, follower, leave }
}

const PING = '{"action":"ping"}'
const PONG = { type: 'pong', detail: {} }

function seen(isSeen: boolean): void {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(!isSeen)
}

/** One that answers each ping, as long as it is asked to. */
function answeringPings(far: FakeWebSocket): { stop: () => void } {
  const send = vi.spyOn(far, 'send').mockImplementation(() => far.say(PONG))
  return { stop: () => send.mockImplementation(() => undefined) }
}

async function socket(count = 1): Promise<FakeWebSocket> {
  await vi.waitFor(() => expect(FakeWebSocket.all).toHaveLength(count), { timeout: 10_000 })
  return FakeWebSocket.all[count - 1] ?? expect.unreachable()
}

beforeEach(() => {
  FakeWebSocket.all = []
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 200 })
})
afterEach(() => void vi.useRealTimers())

describe('realtime', () => {
  it('tells followers what it hears', async () => {
    const { realtime, follower } = listening()
    const far = await socket()
    far.accept()
    far.say(MAKE)
    expect(follower.message).toHaveBeenCalledExactlyOnceWith(MAKE)
    expect(realtime.status.value).toBe('connected')
    realtime.close()
  })

  it('leaves alone what is no message', async () => {
    const { realtime, follower } = listening()
    const far = await socket()
    far.accept()
    far.say('pong')
    far.say(PONG)
    far.say({ message: 'Forbidden', connectionId: 'x' })
    expect(follower.message).not.toHaveBeenCalled()
    realtime.close()
  })

  it('has followers catch up at first and after each gap, with a fresh token', async () => {
    const { realtime, follower } = listening()
    expect(follower.catchUp).toHaveBeenCalledOnce()
    const first = await socket()
    first.accept()
    expect(follower.catchUp).toHaveBeenCalledTimes(2)
    first.drop()
    expect(realtime.status.value).toBe('connecting')
    const second = await socket(2)
    const missed = follower.catchUp.mock.calls.length
    second.accept()
    expect(follower.catchUp).toHaveBeenCalledTimes(missed + 1)
    expect([first.url, second.url]).toEqual(
      [1, 2].map((n) => `ws://bar.test/realtime?token=token-${n.toString()}&eventId=ABC`),
    )
    realtime.close()
  })

  it('has followers catch up every few seconds where there is no WebSocket', () => {
    const { realtime, follower } = listening(null)
    vi.advanceTimersByTime(15_000)
    expect(follower.catchUp).toHaveBeenCalledTimes(4)
    expect(realtime.status.value).toBe('polling')
    realtime.close()
  })

  it('keeps the connection from being closed for silence while nobody looks, and asks for no answer', async () => {
    const { realtime } = listening()
    const far = await socket()
    far.accept()
    seen(false)
    vi.advanceTimersByTime(9 * 60_000)
    expect(far.sent).toEqual([PING, PING])
    expect(realtime.status.value).toBe('connected')
    realtime.close()
  })

  it('keeps a connection whose far end answers, or says anything else', async () => {
    const { realtime } = listening()
    const far = await socket()
    far.accept()
    const { stop } = answeringPings(far)
    vi.advanceTimersByTime(60 * 60_000)
    stop()
    vi.advanceTimersByTime(25_000)
    far.say(MAKE)
    vi.advanceTimersByTime(10_000)
    expect(realtime.status.value).toBe('connected')
    expect(FakeWebSocket.all).toHaveLength(1)
    realtime.close()
  })

  it('connects anew, and has followers catch up, when nothing is heard after a ping', async () => {
    const { realtime, follower } = listening()
    const dead = await socket()
    dead.accept()
    vi.advanceTimersByTime(25_000)
    expect(dead.sent).toEqual([PING])
    expect(realtime.status.value).toBe('connected')
    vi.advanceTimersByTime(10_000)
    expect(realtime.status.value).toBe('connecting')
    expect(dead.readyState).toBe(FakeWebSocket.CLOSED)
    const next = await socket(2)
    follower.catchUp.mockClear()
    next.accept()
    expect(follower.catchUp).toHaveBeenCalledOnce()
    expect(realtime.status.value).toBe('connected')
    realtime.close()
  })

  it('asks once more when the machine slept while it waited for an answer', async () => {
    const { realtime } = listening()
    const far = await socket()
    far.accept()
    vi.advanceTimersByTime(25_000)
    vi.setSystemTime(Date.now() + 3_600_000) // timers stood still
    vi.advanceTimersByTime(10_000)
    expect(far.sent).toEqual([PING, PING])
    expect(realtime.status.value).toBe('connected')
    far.say(PONG)
    vi.advanceTimersByTime(10_000)
    expect(realtime.status.value).toBe('connected')
    realtime.close()
  })

  it('takes no silence for an end while nobody looks', async () => {
    const { realtime } = listening()
    const far = await socket()
    far.accept()
    vi.advanceTimersByTime(25_000)
    seen(false)
    vi.advanceTimersByTime(20_000)
    expect(realtime.status.value).toBe('connected')
    realtime.close()
  })

  it('waits for no answer of a connection that is gone, and leaves no timer behind', async () => {
    const { realtime } = listening()
    const first = await socket()
    first.accept()
    vi.advanceTimersByTime(25_000)
    first.drop()
    const second = await socket(2)
    second.accept()
    vi.advanceTimersByTime(25_000)
    expect(second.sent).toEqual([PING]) // and nothing that the first had waited for
    expect(realtime.status.value).toBe('connected')
    realtime.close()
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each(['online', 'offline'])('asks the bar anew when the machine says it is %s', async (change) => {
    const { realtime, follower } = listening()
    const first = await socket()
    first.accept()
    follower.catchUp.mockClear()
    dispatchEvent(new Event(change))
    expect(realtime.status.value).toBe('connecting')
    expect(follower.catchUp).toHaveBeenCalledOnce()
    const second = await socket(2)
    second.accept()
    expect(realtime.status.value).toBe('connected')
    realtime.close()
  })

  it('is silent after it was closed or left', async () => {
    const { realtime, follower, leave } = listening()
    const far = await socket()
    far.accept()
    leave()
    far.say(MAKE)
    realtime.close()
    follower.catchUp.mockClear()
    vi.advanceTimersByTime(60_000)
    expect(follower.message).not.toHaveBeenCalled()
    expect(follower.catchUp).not.toHaveBeenCalled()
    expect(realtime.status.value).toBe('off')
  })
})
