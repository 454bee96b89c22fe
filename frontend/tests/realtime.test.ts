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

  it('keeps the connection from being closed for silence', async () => {
    const { realtime } = listening()
    const far = await socket()
    far.accept()
    vi.advanceTimersByTime(5 * 60_000)
    expect(far.sent).toContain('{"action":"ping"}')
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
