/** Replays one letter: taken, done again, and only then deleted. */
import { NotDone, type Again } from './again'
import type { DeadLetter } from './dead-letter'
import type { LetterQueue } from './letter-queue'

/**
 * Whatever breaks off half-way, the letter is not lost: nobody has deleted it, so the queue shows it again after a
 * minute. Done and not deleted, it would be done twice; the bar's consumers take what they have already, too.
 *
 * @throws NotDone, or what AWS refused; the letter is in the queue then.
 */
export async function replay(
  queue: Pick<LetterQueue, 'take' | 'letGo' | 'drop'>,
  again: Pick<Again, 'do'>,
  { id, work }: Pick<DeadLetter, 'id' | 'work'>,
): Promise<void> {
  const taken = await queue.take(id)
  if (!taken) throw new NotDone('held')
  try {
    await again.do(work)
  } catch (error) {
    await queue.letGo(taken).catch(() => undefined) // the queue itself puts it back, only later
    throw error
  }
  await queue.drop(taken)
}
