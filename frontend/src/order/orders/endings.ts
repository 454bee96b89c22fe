/** How orders end and what to say about it. */
import { useI18n } from 'vue-i18n'

import type { Order } from '@/shared/api/contract'
import { REASON_KEYS } from '@/shared/texts/order-words'

export interface Ending {
  title: string
  /** Why, and what to do now. */
  text: string
}

/** Says how an order ended that did not become a drink. */
export function useEndings(): (order: Pick<Order, 'reason'>) => Ending {
  const { t } = useI18n()
  return ({ reason }) => {
    const key = REASON_KEYS[reason ?? ''] ?? 'other'
    return { title: t(`order.endings.${key}.title`), text: t(`order.endings.${key}.text`) }
  }
}
