/** Replays letters: each is taken, done again, and only then deleted. */
import { NotDone, type Again } from './again'
import type { DeadLetter } from './dead-letter'
import type { LetterQueue, Taken } from './letter-queue'

/** What came of a letter. */
export interface Replayed<Letter> {
  letter: Letter
  /** Why it was not done: `NotDone`, or what AWS refused; the letter is in the queue then. null: it was done. */
  refusal: unknown
}

/**
 * Replays these letters in the queue's order, and says of each what came of it.
 *
 * Whatever breaks off half-way, no letter is lost: nobody has deleted it, so the queue shows it again after a minute.
 * Done and not deleted, it would be done twice; the bar's consumers take what they have already, too.
 */
export async function* replay<Letter extends Pick<DeadLetter, 'id' | 'work'>>(
  queue: Pick<LetterQueue, 'take' | 'drop'>,
  again: Pick<Again, 'do'>,
  letters: readonly Letter[],
): AsyncGenerator<Replayed<Letter>, void> {
  const left = new Map(letters.map((letter) => [letter.id, letter]))
  let refusal: unknown = new NotDone('held')
  try {
    for await (const taken of queue.take([...left.keys()])) {
      const letter = left.get(taken.id)
      left.delete(taken.id)
      if (letter) yield { letter, refusal: await refusalOf(doAgain(queue, again, letter, taken)) }
    }
  } catch (error) {
    refusal = error
  }
  for (const letter of left.values()) yield { letter, refusal }
}

async function doAgain(
  queue: Pick<LetterQueue, 'drop'>,
  again: Pick<Again, 'do'>,
  { work }: Pick<DeadLetter, 'work'>,
  taken: Taken,
): Promise<void> {
  await again.do(work)
  await queue.drop(taken)
}

async function refusalOf(work: Promise<void>): Promise<unknown> {
  try {
    await work
    return null
  } catch (error) {
    return error
  }
}
