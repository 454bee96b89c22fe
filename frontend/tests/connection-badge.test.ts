import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'

import ConnectionBadge from '@/shared/components/ConnectionBadge.vue'
import { Realtime } from '@/shared/realtime/realtime'

import { FakeWebSocket } from './fakes'
import { fakeBar, mountWithBar } from './mounting'

beforeEach(() => {
  FakeWebSocket.all = []
})

it('does not call a page live that has no network, though its connection has not noticed yet', async () => {
  const WebSocket = FakeWebSocket as unknown as typeof globalThis.WebSocket
  const realtime = new Realtime({ url: 'ws://bar.test', eventId: 'ABC', token: async () => null, WebSocket })
  const badge = mountWithBar(ConnectionBadge, { ...fakeBar(), realtime })
  onTestFinished(() => realtime.close())
  realtime.open()
  await vi.waitFor(() => expect(FakeWebSocket.all).toHaveLength(1))
  FakeWebSocket.all[0]?.accept()
  await flushPromises()
  expect(badge.text()).toBe('Live')
  dispatchEvent(new Event('offline'))
  await flushPromises()
  expect(badge.text()).toBe('Connecting …')
})
