/** Which lines of a long log are kept. Pure. */
import type { LogLine } from '../cloud/log-tail'
import { startedIn } from './invocation'

/**
 * The newest `most` lines, and those of the request that is looked for, however old. What is left of an invocation whose
 * beginning is gone belongs to none, so it goes, too.
 *
 * @param lines - sorted by time.
 */
export function kept(lines: readonly LogLine[], most: number, request: string | undefined): LogLine[] {
  const firstPlace = lines.length - most
  if (firstPlace <= 0) return [...lines]
  const current = new Map<string, { requestId: string; isKept: boolean }>() // by log stream, as in `invocationsOf`
  return lines.filter((line, place) => {
    const requestId = startedIn(line)
    if (requestId) {
      current.set(line.stream, { requestId, isKept: place >= firstPlace || requestId === request })
    }
    return current.get(line.stream)?.isKept ?? false
  })
}
