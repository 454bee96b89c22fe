/** Which shop a page is about. */

/** The seeded one, which no address has to name. */
export const DEFAULT_SHOP = 'ABC'

/** The shop in the page's own address (`index.html?eventId=XYZ`); the default one if it names none, or leaves it empty. */
export function shopOfPage(search = globalThis.location.search): string {
  const named = new URLSearchParams(search).get('eventId') ?? ''
  return named === '' ? DEFAULT_SHOP : named
}
