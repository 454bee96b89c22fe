/** Orders that ended while their customer chose the drink of another: nobody is torn away from that, its time runs. */
import { computed, shallowRef, watch, type ComputedRef } from 'vue'
import { useRoute } from 'vue-router'

import type { Order } from '@/shared/api/contract'

import type { MyOrders } from './my-orders'

export interface EndedMeanwhile {
  /** Those that were not looked at since, the latest first. */
  orders: ComputedRef<Order[]>
  /** Whether the order is put by; it is not where the customer is free to see it at once. */
  kept: (order: Order) => boolean
}

/** Only in the setup of a component that is around the screens. */
export function useEndedMeanwhile({ known }: Pick<MyOrders, 'known'>): EndedMeanwhile {
  const route = useRoute()
  const ids = shallowRef<readonly string[]>([])
  const shownId = () => (route.name === 'order' ? String(route.params.orderId) : null)
  const isChoosing = () => known.value.get(shownId() ?? '')?.orderState === 'CREATED'

  watch(shownId, (seen) => (ids.value = ids.value.filter((id) => id !== seen)))

  return {
    orders: computed(() => ids.value.flatMap((id) => known.value.get(id) ?? [])),
    kept({ orderId }) {
      if (!isChoosing()) return false
      ids.value = [orderId, ...ids.value.filter((id) => id !== orderId)]
      return true
    },
  }
}
