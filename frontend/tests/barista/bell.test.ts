/** The bell for new orders, with the browser's audio as a fake: what rings, when, and whether anybody can hear it. */
import { enableAutoUnmount, flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, ref, shallowRef } from 'vue'

import type { Orders } from '@/shared/latest-orders'
import type { Order, OrderState } from '@/shared/api/contract'

import { order as someOrder } from '../fakes'
import { fakeBar, mountWithBar } from '../mounting'

const KEY = 'serverlesspresso.barista.bell'
const drinkOrder = { drink: 'Mocha', modifiers: [], icon: 'icon_mocha' }

let sounded: number
let mayRun: boolean

class FakeAudio extends EventTarget {
  state = 'suspended'
  currentTime = 0
  destination = {}

  async resume(): Promise<void> {
    if (mayRun) this.turn('running')
  }

  turn(state: string): void {
    this.state = state
    this.dispatchEvent(new Event('statechange'))
  }
}

class FakeNode {
  gain = {
    setValueAtTime: () => undefined,
    linearRampToValueAtTime: () => undefined,
    exponentialRampToValueAtTime: () => undefined,
  }

  connect(to: unknown): unknown {
    return to
  }

  start(): void {
    sounded += 1
  }

  stop(): void {
    // nothing that a test hears
  }
}

enableAutoUnmount(afterEach)
beforeEach(() => {
  ;[sounded, mayRun] = [0, true]
  localStorage.clear()
  vi.resetModules() // each test opens the page anew
  vi.stubGlobal('AudioContext', FakeAudio)
  vi.stubGlobal('OscillatorNode', FakeNode)
  vi.stubGlobal('GainNode', FakeNode)
})

function orders(...states: Record<string, OrderState>[]): Orders {
  const all = Object.entries(Object.assign({}, ...states) as Record<string, OrderState>)
  return new Map(
    all.map(([orderId, orderState]): [string, Order] => [
      orderId,
      { ...someOrder, orderId, orderState, drinkOrder },
    ]),
  )
}

/** A board with a bell; `wanted` as the barista left it at the last visit. */
async function page({ wanted = false } = {}) {
  if (wanted) localStorage.setItem(KEY, 'true')
  const { default: BellSwitch } = await import('@/barista/components/BellSwitch.vue')
  const { useNewOrders } = await import('@/barista/signals/use-new-orders')
  const [known, isRead] = [shallowRef<Orders>(new Map()), ref(false)]
  const Screen = defineComponent({
    setup() {
      const said = useNewOrders({ known, isRead })
      return () => [h(BellSwitch), h('p', { role: 'status' }, said.value)]
    },
  })
  const wrapper = mountWithBar(Screen, fakeBar())
  const bell = wrapper.get('button')
  const press = async () => {
    await bell.trigger('pointerdown')
    await flushPromises()
    await bell.trigger('click')
    await flushPromises()
  }
  const read = (now: Orders) => {
    known.value = now
    isRead.value = true
  }
  return { wrapper, bell, press, read }
}

describe('the bell', () => {
  it('is off until somebody turns it on; then it is heard at once', async () => {
    const { bell, press, read, wrapper } = await page()
    expect(bell.attributes('aria-pressed')).toBe('false')
    read(orders())
    read(orders({ one: 'SUBMITTED' }))
    await flushPromises()
    expect(sounded).toBe(0)
    expect(wrapper.get('[role=status]').text()).toBe('New order: Mocha')
    await press()
    expect(bell.attributes('aria-pressed')).toBe('true')
    expect(sounded).toBe(2) // ding, dong
    await press()
    expect(bell.attributes('aria-pressed')).toBe('false')
    expect(localStorage.getItem(KEY)).toBe('false')
  })

  it('rings once for an order that comes, and for none that was there or was only put back', async () => {
    const { press, read } = await page()
    await press()
    sounded = 0
    read(orders({ there: 'SUBMITTED', made: 'IN_PRODUCTION' }))
    expect(sounded).toBe(0)
    read(orders({ there: 'SUBMITTED', made: 'SUBMITTED' }))
    expect(sounded).toBe(0)
    read(orders({ there: 'SUBMITTED', made: 'SUBMITTED', fresh: 'SUBMITTED' }))
    expect(sounded).toBe(2)
    read(orders({ there: 'SUBMITTED', made: 'SUBMITTED', fresh: 'SUBMITTED' }))
    expect(sounded).toBe(2)
  })

  it('says after a reload that nobody can hear it, until the page is touched', async () => {
    const { bell, read, wrapper } = await page({ wanted: true })
    expect(bell.text()).toBe('Touch to hear it')
    read(orders())
    read(orders({ one: 'SUBMITTED' }))
    expect(sounded).toBe(0)
    await wrapper.get('[role=status]').trigger('pointerdown')
    await flushPromises()
    expect(bell.text()).toBe('')
    read(orders({ one: 'SUBMITTED', two: 'SUBMITTED' }))
    expect(sounded).toBe(2)
  })

  it('that is touched to be heard rings, and stays on', async () => {
    const { bell, press } = await page({ wanted: true })
    await press()
    expect(bell.attributes('aria-pressed')).toBe('true')
    expect(sounded).toBe(2)
    await press()
    expect(bell.attributes('aria-pressed')).toBe('false')
  })

  it('goes on saying so where the system holds the sound back', async () => {
    mayRun = false
    const { bell, press } = await page({ wanted: true })
    await press()
    expect(bell.text()).toBe('Touch to hear it')
    expect(sounded).toBe(0)
  })
})
