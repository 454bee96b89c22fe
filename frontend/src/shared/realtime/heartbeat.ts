/**
 * Notices a connection that is dead though nobody closed it, as after a change of network: it asks, and is told of every
 * word that comes. It does not mend the connection.
 */

/** How often it asks while the page is seen. */
const ASK_EVERY_MS = 25_000
/** How long an answer may take. */
const ANSWER_WITHIN_MS = 10_000
/** A timer that is later than this stood still, with the page or the whole machine: its silence proves nothing. */
const LATE_MS = 2_000
/** How often it asks in any case: API Gateway closes a connection on which nothing was said for ten minutes. */
const STAY_OPEN_EVERY_MS = 4 * 60_000

export interface Heartbeat {
  /** Something came over the connection. */
  heard: () => void
  end: () => void
}

/**
 * Watches a connection that is open, until it is ended.
 *
 * @param ping - asks the far end for an answer.
 * @param lost - is called when the page is seen and a ping was followed by silence.
 */
export function keepHeartbeat(ping: () => void, lost: () => void): Heartbeat {
  let deadline: ReturnType<typeof setTimeout> | undefined
  const heard = () => clearTimeout(deadline)

  function ask(): void {
    if (document.hidden) return
    heard()
    const askedAt = Date.now()
    deadline = setTimeout(() => silent(Date.now() - askedAt), ANSWER_WITHIN_MS)
    ping()
  }

  function silent(forMs: number): void {
    if (document.hidden || forMs > ANSWER_WITHIN_MS + LATE_MS) ask()
    else lost()
  }

  const timers = [setInterval(ask, ASK_EVERY_MS), setInterval(ping, STAY_OPEN_EVERY_MS)]
  return {
    heard,
    end() {
      heard()
      timers.forEach(clearInterval)
    },
  }
}
