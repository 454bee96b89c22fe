/**
 * A page whose parts cannot be loaded when they are needed. Deployed anew while it was open, it asks by names that are gone;
 * and what was asked for while the network was away, the browser does not ask for again. Loaded again, the page has all of it.
 */

import { useIntervalFn } from '@vueuse/core'

const KEY = 'serverlesspresso.reloaded'
/** Where loading again did not help, doing it at once again does not either. */
const NOT_WITHIN_MS = 60_000
const LOOK_EVERY_MS = 3_000

/** Loads the page again when a part of it cannot be loaded, as soon as the page itself can. */
export function reloadWhenReplaced(reload = () => location.reload()): void {
  const { resume, pause } = useIntervalFn(() => void reloadIfThere(), LOOK_EVERY_MS, {
    immediate: false,
    immediateCallback: true,
  })

  // Until it is there, what is shown helps more than the browser's own page.
  async function reloadIfThere(): Promise<void> {
    if (wasJustReloaded() || !(await isThere())) return
    pause()
    sessionStorage.setItem(KEY, Date.now().toString())
    reload()
  }

  addEventListener('vite:preloadError', resume)
}

function wasJustReloaded(): boolean {
  return Date.now() - Number(sessionStorage.getItem(KEY)) < NOT_WITHIN_MS
}

async function isThere(): Promise<boolean> {
  const page = location.href.split('#')[0] ?? ''
  return fetch(page, { cache: 'no-store', signal: AbortSignal.timeout(LOOK_EVERY_MS) }).then(
    ({ ok }) => ok,
    () => false,
  )
}
