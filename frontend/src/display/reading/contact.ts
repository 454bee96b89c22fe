/** When the bar was last heard, by a clock that nobody sets. */

/** Milliseconds since some moment; goes on evenly whatever happens to the machine's time of day. */
export type Elapsed = () => number

export const sinceStart: Elapsed = () => performance.now()

export interface Contact {
  /** An answer or a message came. */
  heard: () => void
  /** How long nothing came, ms. */
  quietFor: () => number
}

export function createContact(elapsed: Elapsed = sinceStart): Contact {
  let last = elapsed()
  return {
    heard: () => (last = elapsed()),
    quietFor: () => elapsed() - last,
  }
}
