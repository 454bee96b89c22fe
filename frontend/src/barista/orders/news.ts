/** Which of the bar's messages the board goes by. Pure. */
import type { Message } from '@/shared/realtime/messages'

/** Tell of an order nothing that a barista sees. */
const NOTHING_TO_SEE: ReadonlySet<string> = new Set([
  'Validator.NewOrder',
  'OrderProcessor.WorkflowStarted',
  'OrderProcessor.orderFinished',
  'OrderProcessor.ShopUnavailable',
])

/** The order that changed by it, as far as a barista is concerned; one that nobody knows here counts. */
export function changedOrder({ type, detail }: Message): string | null {
  return NOTHING_TO_SEE.has(type) ? null : (detail.orderId ?? null)
}

export function isAboutShop({ type }: Message): boolean {
  return type === 'ConfigService.ConfigChanged'
}
