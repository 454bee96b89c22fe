/**
 * Notices when what the page knows may be old: the network changed, or the person is back after a while.
 *
 * What the browser says of the network is a reason to look, never an answer: on a machine without any network it is
 * `offline`, and a bar on that machine is there all the same.
 */

const AWAY_MS = 30_000

/** Calls `look` until the returned function is called. */
export function watchDoubts(look: () => void): () => void {
  let leftAt = 0
  const onVisibility = () => {
    if (document.hidden) leftAt = Date.now()
    else if (Date.now() - leftAt > AWAY_MS) look()
  }
  addEventListener('online', look)
  addEventListener('offline', look)
  document.addEventListener('visibilitychange', onVisibility)
  return () => {
    removeEventListener('online', look)
    removeEventListener('offline', look)
    document.removeEventListener('visibilitychange', onVisibility)
  }
}
