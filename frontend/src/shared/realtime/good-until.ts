/**
 * How long the bar tells a connection anything: until the token that opened it ends, and never longer than API Gateway
 * keeps one. Afterwards the connection stays open and is silent, so it has to be replaced before (ADR 0008).
 */
import { personIn } from '../auth/person'

/** API Gateway closes every connection after that long. */
const LONGEST_MS = 2 * 60 * 60_000
/** Less than the minute before its end in which the session takes a token for old: so the next one is a new one. */
const BEFORE_END_MS = 50_000
/** A token that ends at once is no reason to connect at once, again and again. */
const AT_LEAST_MS = 10_000

/**
 * When to connect anew, ms since 1970.
 *
 * @param token - what the connection is opened with.
 * @param now - when it is opened, by the bar's time.
 */
export function replaceAt(token: string, now: number): number {
  return Math.max(Math.min(endOf(token), now + LONGEST_MS) - BEFORE_END_MS, now + AT_LEAST_MS)
}

function endOf(token: string): number {
  try {
    return personIn(token).expiresTs || Infinity
  } catch {
    return Infinity // it is for the bar to say that this is no token
  }
}
