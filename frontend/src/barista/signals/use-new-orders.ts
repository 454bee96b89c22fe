/** Tells of orders that come in while the page looks on: by the bell, and in words for a live region. */
import { useEventListener } from '@vueuse/core'
import { readonly, ref, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'

import type { Order } from '@/shared/api/contract'
import { unlockTones } from '@/shared/tones'

import type { Board } from '../orders/board'
import { newlyWaiting } from '../orders/known-orders'
import { ring, useBellWanted } from './bell'

export function useNewOrders({ known, isRead }: Pick<Board, 'known' | 'isRead'>): Readonly<Ref<string>> {
  const { t } = useI18n()
  const bellWanted = useBellWanted()
  const said = ref('')

  function tell(orders: readonly Order[]): void {
    const drinks = orders.map(({ drinkOrder }) => drinkOrder?.drink ?? '').join(', ')
    said.value = t('barista.newOrders', { drinks }, orders.length)
    if (bellWanted.value) ring()
  }

  // All orders are new to a page that was just opened; `isRead` turns true only after they are known.
  watch(
    known,
    (now, before) => {
      const orders = isRead.value ? newlyWaiting(before, now) : []
      if (orders.length) tell(orders)
    },
    { flush: 'sync' },
  )
  useEventListener(document, 'pointerdown', () => bellWanted.value && void unlockTones())
  return readonly(said)
}
