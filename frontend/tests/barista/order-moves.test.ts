import { expect, it, vi } from 'vitest'
import { ref } from 'vue'

import OrderMoves from '@/barista/components/OrderMoves.vue'
import { useMoves } from '@/barista/orders/use-moves'

import { order } from '../fakes'
import { fakeBar, mountWithBar } from '../mounting'

const isMoving = vi.fn<(orderId: string) => boolean>()
const go = vi.fn<ReturnType<typeof useMoves>>(async () => undefined)
vi.mock('@/barista/barista', () => ({
  useBarista: () => ({ me: 'barista-1', board: { isMoving }, time: ref(0) }),
}))
vi.mock('@/barista/orders/use-moves', () => ({ useMoves: () => go }))
vi.mock('@/barista/orders/settling', () => ({
  useSettling: () => () => false,
  isTouch: () => true,
  ticketKey: () => '',
}))

it('a touch counts for nothing while the bar has not answered the one before', async () => {
  isMoving.mockReturnValue(true)
  const busy = { ...order, orderState: 'SUBMITTED' as const }
  const card = mountWithBar(OrderMoves, fakeBar(), { order: busy, isTerse: false })
  await card.get('button.make').trigger('click')
  expect(go).not.toHaveBeenCalled()
  isMoving.mockReturnValue(false)
  await card.setProps({ order: { ...busy } })
  await card.get('button.make').trigger('click')
  expect(go).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ orderId: order.orderId }), 'make')
  card.unmount()
})
