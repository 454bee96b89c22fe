/** Times as a projector shows them. */

/** `340 ms`, `1.5 s`, `2 min 5 s`, `1 h 3 min`. */
export function asDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms)).toString()} ms`
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds.toString()} s`
  if (seconds < 3600) return inTwo(seconds, 60, 'min', 's')
  return inTwo(Math.round(seconds / 60), 60, 'h', 'min')
}

function inTwo(amount: number, part: number, large: string, small: string): string {
  const rest = amount % part
  return `${Math.floor(amount / part).toString()} ${large}${rest ? ` ${rest.toString()} ${small}` : ''}`
}
