/**
 * Makes work that is asked for often be done once at a time for each key: asked for again while it runs, it runs once
 * more afterwards, so whoever asked sees nothing older than the question.
 */
export function oneAtATime<Key = void>(work: (key: Key) => Promise<void>): (key: Key) => Promise<void> {
  const running = new Map<Key, Promise<void>>()
  const due = new Set<Key>()

  async function untilNoneIsDue(key: Key): Promise<void> {
    try {
      do {
        due.delete(key)
        await work(key)
      } while (due.has(key))
    } finally {
      due.delete(key)
      running.delete(key)
    }
  }

  return (key) => {
    const underWay = running.get(key)
    if (underWay) {
      due.add(key)
      return underWay
    }
    const done = untilNoneIsDue(key)
    running.set(key, done)
    return done
  }
}
