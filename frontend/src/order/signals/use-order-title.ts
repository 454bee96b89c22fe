/** The window's title says how the order stands, for whoever looks at another tab. */
import { onScopeDispose, watch } from 'vue'
import { useI18n } from 'vue-i18n'

import type { Order } from '@/shared/api/contract'
import { useOrderWords } from '@/shared/texts/order-words'

export function useOrderTitle(order: () => Order | null): void {
  const { t } = useI18n()
  const words = useOrderWords()

  function title(): string {
    const shown = order()
    if (!shown) return `${t('shared.pages.order')} · ${t('shared.brand')}`
    const number = shown.orderNumber === null ? '' : `#${shown.orderNumber.toString()} `
    const mark = shown.orderState === 'COMPLETED' ? '☕ ' : ''
    return `${mark}${number}${words.state(shown)} · ${t('shared.brand')}`
  }

  watch(title, (text) => (document.title = text), { immediate: true, flush: 'post' })
  onScopeDispose(() => (document.title = `${t('shared.pages.order')} · ${t('shared.brand')}`))
}
