/** Notices when the network, or after a while the person, comes back to the page. */

const AWAY_MS = 30_000

/** Calls `back` until the returned function is called. */
export function watchReturns(back: () => void): () => void {
  let leftAt = 0
  const onVisibility = () => {
    if (document.hidden) leftAt = Date.now()
    else if (Date.now() - leftAt > AWAY_MS) back()
  }
  addEventListener('online', back)
  document.addEventListener('visibilitychange', onVisibility)
  return () => {
    removeEventListener('online', back)
    document.removeEventListener('visibilitychange', onVisibility)
  }
}
