/** What an order is going through, and why it ended, in the person's words. */
import { useI18n } from 'vue-i18n'

import type { Order } from '../api/contract'

/** The reasons that the bar gives (`chalicelib/orders/model.py`) and the keys of their texts in `shared.reasons`. */
export const REASON_KEYS: Readonly<Record<string, string>> = {
  'Customer timedout': 'customerTimedOut',
  'Barista timedout': 'baristaTimedOut',
  'Shop closed': 'shopClosed',
  'Bar full': 'barFull',
  'Cancelled by customer': 'cancelledByCustomer',
  'Cancelled by barista': 'cancelledByBarista',
  'Something broke': 'somethingBroke',
}

export interface OrderWords {
  /** "In the queue" */
  state: (order: Pick<Order, 'orderState'>) => string
  /** "The shop is closed."; null for an order that did not end badly. */
  reason: (order: Pick<Order, 'reason'>) => string | null
}

export function useOrderWords(): OrderWords {
  const { t } = useI18n()
  return {
    state: ({ orderState }) => t(`shared.states.${orderState}`),
    reason: ({ reason }) => reason && t(`shared.reasons.${REASON_KEYS[reason] ?? 'other'}`),
  }
}
