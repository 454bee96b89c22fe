import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'

import ConnectionBadge from '@/shared/components/ConnectionBadge.vue'
import { Realtime } from '@/shared/realtime/realtime'

import { FakeWebSocket } from './fakes'
import { fakeBar, mountWithBar } from './mounting'

beforeEach(() => {
  FakeWebSocket.all = []
})

function badgeOf(realtime: Realtime) {
  const badge = mountWithBar(ConnectionBadge, { ...fakeBar(), realtime })
  onTestFinished(() => realtime.close())
  realtime.open()
  return badge
}

async function accepted(count: number): Promise<void> {
  await vi.waitFor(() => expect(FakeWebSocket.all).toHaveLength(count), { timeout: 10_000 })
  FakeWebSocket.all[count - 1]?.accept()
  await flushPromises()
}

const WebSocket = FakeWebSocket as unknown as typeof globalThis.WebSocket
const following = () =>
  new Realtime({ url: 'ws://bar.test', eventId: 'ABC', token: async () => null, WebSocket })

it('does not call a page live whose network went, until the bar is heard again', async () => {
  const badge = badgeOf(following())
  await accepted(1)
  expect(badge.text()).toBe('Live')
  dispatchEvent(new Event('offline'))
  await flushPromises()
  expect(badge.text()).toBe('Connecting …')
  await accepted(2)
  expect(badge.text()).toBe('Live')
})

it('calls a page live that hears the bar of its own machine, which has no network at all', async () => {
  const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  onTestFinished(() => onLine.mockRestore())
  const badge = badgeOf(following())
  await accepted(1)
  expect(badge.text()).toBe('Live')
})
