/**
 * A page that was deployed anew while it was open: parts that it loads only when they are needed have other names now, and
 * the old ones are gone. Loaded again it finds the new ones.
 */

const KEY = 'serverlesspresso.reloaded'
/** Where loading again did not help, doing it at once again does not either. */
const NOT_WITHIN_MS = 60_000

/** Loads the page again when a part of it is gone, if the page itself is there. */
export function reloadWhenReplaced(reload = () => location.reload()): void {
  addEventListener('vite:preloadError', () => {
    if (wasJustReloaded()) return
    void isThere().then((there) => {
      if (!there) return // it is the network that is gone: what is shown still helps more than the browser's own page
      sessionStorage.setItem(KEY, Date.now().toString())
      reload()
    })
  })
}

function wasJustReloaded(): boolean {
  return Date.now() - Number(sessionStorage.getItem(KEY)) < NOT_WITHIN_MS
}

async function isThere(): Promise<boolean> {
  const page = location.href.split('#')[0] ?? ''
  return fetch(page, { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
}
