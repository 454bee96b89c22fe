/** Where an order stands in the queue, and when it may be ready. The bar tells numbers only, nothing of others' orders. */
import { shallowRef, watch, type Ref } from 'vue'

import type { Order, Queue } from '@/shared/api/contract'
import { useBar, useEvents } from '@/shared/bar'

/** Null before it was read. It is read again whenever a drink is ready, for then all others move up. */
export function usePlace(order: () => Order): Readonly<Ref<Queue | null>> {
  const { api } = useBar()
  const place = shallowRef<Queue | null>(null)
  const read = async () => {
    const { orderId } = order()
    const found = await api.queue(orderId)
    if (order().orderId === orderId) place.value = found
  }
  useEvents({
    message: ({ type }) => (type === 'OrderManager.DrinkAverageTime' ? read() : undefined),
    catchUp: read,
  })
  watch(
    () => order().updatedTs,
    () => void read().catch(() => undefined), // the next catching up reads it
  )
  return place
}

/** Whole minutes, at least one. Pure. */
export function asMinutes(seconds: number): number {
  return Math.max(1, Math.ceil(seconds / 60))
}
