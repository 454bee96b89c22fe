/** What the bar is doing, read anew every few seconds. What cannot be read is not known: the page is there all the same. */
import { useDocumentVisibility, useIntervalFn } from '@vueuse/core'
import { onMounted, readonly, ref, shallowRef, type Ref } from 'vue'

import { useBar } from '@/shared/bar'

import { countOrders, type OrderCounts } from './order-counts'

export interface BarNow {
  /** Null while nobody knows, undefined until the bar was asked. */
  isOpen: Readonly<Ref<boolean | null | undefined>>
  orders: Readonly<Ref<OrderCounts | null>>
}

const EVERY_MS = 3000

export function useBarNow(endpointUrl: string): BarNow {
  const { api, clock, configuration, eventId } = useBar()
  const visibility = useDocumentVisibility()
  const isOpen = ref<boolean | null>()
  const orders = shallowRef<OrderCounts | null>(null)
  const table = { endpointUrl, region: configuration.region, eventId }

  async function read(): Promise<void> {
    const [shop, counts] = await Promise.allSettled([api.config(), countOrders(table, clock.now())])
    isOpen.value = shop.status === 'fulfilled' ? shop.value.storeOpen : null
    orders.value = counts.status === 'fulfilled' ? counts.value : null
  }

  let reading: Promise<void> | null = null
  const again = () => (reading ??= read().finally(() => (reading = null)))
  useIntervalFn(() => void (visibility.value === 'visible' && again()), EVERY_MS)
  onMounted(() => void again())
  return { isOpen: readonly(isOpen), orders: readonly(orders) }
}
