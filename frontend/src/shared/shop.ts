/** Which shop a page is about. */

/** The seeded one, which no address has to name. */
export const DEFAULT_SHOP = 'ABC'

/** The shop in the page's own address (`index.html?eventId=XYZ`); the default one if it names none. */
export function shopOfPage(search = globalThis.location.search): string {
  return new URLSearchParams(search).get('eventId') ?? DEFAULT_SHOP
}
