/** The page's address in another shop. All that a page shows is of one shop, so going to another is a new visit. */
export function addressInShop(eventId: string, here: string): string {
  const url = new URL(here)
  url.searchParams.set('eventId', eventId)
  return url.href
}
