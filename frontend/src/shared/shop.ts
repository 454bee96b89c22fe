/** Which shop a page is about. */

const DEFAULT_SHOP = 'ABC'

/** The shop in the page's own address (`index.html?eventId=XYZ`); the seeded one if it names none. */
export function shopOfPage(search = globalThis.location.search): string {
  return new URLSearchParams(search).get('eventId') ?? DEFAULT_SHOP
}
