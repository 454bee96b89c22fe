/** Who follows the bar's events, and what is done about a reading of theirs that failed: soon they all read anew. */
import type { Ref } from 'vue'

import { Problem } from '../api/problems'
import type { Message } from './messages'

/** Where a promise is returned and fails, something could not be read, and `catchUp` is called again soon. */
export interface Follower {
  message: (message: Message) => unknown
  catchUp: () => unknown
}

const SOON_MS = 3000
const MOST_DOUBLINGS = 4 // whatever fails on is not asked for more often than the rest is

export class Followers {
  readonly #all = new Set<Follower>()
  #failures = 0
  #soon: ReturnType<typeof setTimeout> | null = null
  #isAwake = false

  /** Follows until the returned function is called. */
  add(follower: Follower): () => void {
    this.#all.add(follower)
    void this.#watch(follower.catchUp())
    return () => this.#all.delete(follower)
  }

  tell(message: Message): void {
    this.#all.forEach((follower) => void this.#watch(follower.message(message)))
  }

  catchUp(): void {
    this.#forget()
    const readings = [...this.#all].map((follower) => this.#watch(follower.catchUp()))
    void Promise.all(readings).then((went) => went.every(Boolean) && (this.#failures = 0))
  }

  /** From now on failures have consequences. */
  wake(): void {
    this.#isAwake = true
  }

  rest(): void {
    this.#isAwake = false
    this.#failures = 0
    this.#forget()
  }

  /** Gives whether the reading went well. What is no `Problem` is a mistake of ours, and is not kept quiet. */
  #watch(reading: unknown): Promise<boolean> {
    return Promise.resolve(reading).then(
      () => true,
      (error: unknown) => {
        if (!(error instanceof Problem)) reportError(error)
        this.#catchUpSoon()
        return false
      },
    )
  }

  #catchUpSoon(): void {
    if (!this.#isAwake || this.#soon) return
    this.#soon = setTimeout(() => this.catchUp(), SOON_MS * 2 ** Math.min(this.#failures, MOST_DOUBLINGS))
    this.#failures += 1
  }

  #forget(): void {
    if (this.#soon) clearTimeout(this.#soon)
    this.#soon = null
  }
}

/** A reading that keeps its problem to itself, for `Follower`: fails where there is one afterwards. */
export async function wentWell(
  reading: Promise<void>,
  problem: Readonly<Ref<Problem | null>>,
): Promise<void> {
  await reading
  if (problem.value) throw problem.value
}
