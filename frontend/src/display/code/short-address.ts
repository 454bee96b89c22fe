/** What somebody without a camera types: an address without what a browser adds by itself. Pure. */
import type { Configuration } from '@/shared/configuration'

/** Of the first page in a local bar, since that is short; elsewhere of the order page's folder. */
export function shortAddress({ frontends, homeUrl, local }: Configuration): string {
  const whole = local && homeUrl ? homeUrl : frontends.order
  return whole
    .replace(/^https?:\/\//, '')
    .replace(/(index\.html)?$/, '')
    .replace(/\/$/, '')
}
