/** What the display's QR code says: the order page's address with the shop and the code. */

export interface Scan {
  eventId: string
  code: string
}

/**
 * The text of the QR code. The code stands behind the `#`, which no browser sends to a server, so no log has it.
 *
 * @param orderPage - `frontends.order` of the configuration.
 */
export function scanLink(orderPage: string, { eventId, code }: Scan): string {
  return `${orderPage}#/scan?${new URLSearchParams({ eventId, token: code }).toString()}`
}

/** What a camera read; null if that is no code of ours. Links of the original (`/?eventId=..&token=..`) count as well. */
export function parseScan(text: string): Scan | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  const query = url.hash.includes('?') ? url.hash.slice(url.hash.indexOf('?')) : url.search
  const parameters = new URLSearchParams(query)
  const [eventId, code] = [parameters.get('eventId'), parameters.get('token')]
  return eventId && code ? { eventId, code } : null
}
