/** What somebody without a camera types: an address without what a browser adds by itself. Pure. */
import type { Configuration } from '@/shared/configuration'
import { DEFAULT_SHOP } from '@/shared/shop'

/** Of the first page in a local bar, since that is short; elsewhere, and for another shop, of the order page's folder. */
export function shortAddress({ frontends, homeUrl, local }: Configuration, eventId: string): string {
  const isDefault = eventId === DEFAULT_SHOP
  const whole = local && homeUrl && isDefault ? homeUrl : frontends.order
  const address = whole.replace(/^https?:\/\//, '').replace(/\/(index\.html)?$/, '')
  return isDefault ? address : `${address}?${new URLSearchParams({ eventId }).toString()}`
}
