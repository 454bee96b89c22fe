/** Tells of each step of the customer's orders: spoken to whoever does not look, and unmistakably when a drink is ready. */
import { useEventListener } from '@vueuse/core'
import { readonly, ref, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'

import type { Order } from '@/shared/api/contract'
import { useOrderWords } from '@/shared/texts/order-words'
import { unlockTones } from '@/shared/tones'

import { useEndings } from '../orders/endings'
import type { MyOrders } from '../orders/my-orders'
import { changedOrders, isLive } from '../orders/order-rules'
import { playChime, useChimeWanted } from './chime'
import { notify } from './notices'

export interface News {
  /** For a polite live region: a step forward. */
  said: Readonly<Ref<string>>
  /** For an assertive one: an ending. */
  shouted: Readonly<Ref<string>>
}

const READY_VIBRATION_MS = [300, 120, 300, 120, 600]

/** @param ended - is told of each order that ends while the page looks on. */
export function useNews(orders: Pick<MyOrders, 'known'>, ended: (order: Order) => void): News {
  const { t } = useI18n()
  const words = useOrderWords()
  const endings = useEndings()
  const chimeWanted = useChimeWanted()
  const said = ref('')
  const shouted = ref('')

  function ending(order: Order): string {
    if (order.orderState === 'COMPLETED') return t('order.ready.shout', { number: order.orderNumber ?? '' })
    const { title, text } = endings(order)
    return `${title}. ${text}`
  }

  function tell(order: Order): void {
    if (isLive(order)) {
      said.value = words.state(order)
      return
    }
    shouted.value = ending(order)
    notify(shouted.value, order.orderId)
    if (order.orderState === 'COMPLETED') {
      if (chimeWanted.value) playChime()
      if ('vibrate' in navigator) navigator.vibrate(READY_VIBRATION_MS)
    }
    ended(order)
  }

  watch(orders.known, (now, before) => changedOrders(before, now).forEach(tell))
  useEventListener(document, 'pointerdown', () => chimeWanted.value && void unlockTones())
  return { said: readonly(said), shouted: readonly(shouted) }
}
