/** Which lines of a long log are kept. Pure. */
import type { LogLine } from '../cloud/log-tail'
import { startedIn } from './invocation'

/**
 * The newest `most` lines, and of each invocation that said any of them its beginning, without which they belong to none;
 * all lines of the request that is looked for, however old.
 *
 * @param lines - sorted by time.
 */
export function kept(lines: readonly LogLine[], most: number, request: string | undefined): LogLine[] {
  const firstPlace = lines.length - most
  if (firstPlace <= 0) return [...lines]
  const beginnings = beginningsOf(lines)
  const needed = new Set(beginnings.slice(firstPlace))
  return lines.filter((line, place) => {
    const beginning = beginnings[place]
    if (!beginning) return false
    return place >= firstPlace || needed.has(line) || startedIn(beginning) === request
  })
}

/** Of each line the one that its invocation began with; undefined where that is gone. */
function beginningsOf(lines: readonly LogLine[]): (LogLine | undefined)[] {
  const current = new Map<string, LogLine>() // by log stream, as in `invocationsOf`
  return lines.map((line) => {
    if (startedIn(line)) current.set(line.stream, line)
    return current.get(line.stream)
  })
}
