/** What a person gives as a code: scanned, in an address, or typed. Pure. */
import type { LocationQuery } from 'vue-router'

import { parseScan, type Scan } from '@/shared/scan-link'

const BARE_CODE = /^[\w-]{6,64}$/ // ten letters and digits (chalicelib/qr_codes/routes.py), should they grow or shrink

/** The code in an address of this page; null if it has none. */
export function scanInQuery({ eventId, token }: LocationQuery): Scan | null {
  return typeof eventId === 'string' && typeof token === 'string' ? { eventId, code: token } : null
}

/**
 * The code in what was typed or pasted: the display's whole link, or the code alone.
 *
 * @param shop - whose code it is when it stands alone.
 */
export function parseTyped(text: string, shop: string): Scan | null {
  const typed = text.trim()
  return parseScan(typed) ?? (BARE_CODE.test(typed) ? { eventId: shop, code: typed } : null)
}
