/** Which parts and arrows are lit. Each is for a while, and then goes out. */
import { tryOnScopeDispose } from '@vueuse/core'
import { shallowRef, type Ref } from 'vue'

import type { Passage } from './passing'

const LIT_MS = 3500
/** What is heard at once is shown one after the other, as far apart as it was, but nobody waits longer. */
const MOST_DELAY_MS = 2000

export function useLights(): {
  lit: Readonly<Ref<ReadonlySet<string>>>
  light: (passages: readonly Passage[]) => void
} {
  const lit = shallowRef<ReadonlySet<string>>(new Set())
  const counts = new Map<string, number>()
  const timers = new Set<ReturnType<typeof setTimeout>>()

  function later(work: () => void, ms: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      work()
    }, ms)
    timers.add(timer)
  }

  function add(ids: readonly string[], change: 1 | -1): void {
    for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + change)
    lit.value = new Set([...counts].filter(([, count]) => count > 0).map(([id]) => id))
  }

  function light(passages: readonly Passage[]): void {
    const first = Math.min(...passages.map(({ ts }) => ts))
    for (const { ts, ids } of passages) {
      const delay = Math.min(ts - first, MOST_DELAY_MS)
      later(() => add(ids, 1), delay)
      later(() => add(ids, -1), delay + LIT_MS)
    }
  }

  tryOnScopeDispose(() => timers.forEach(clearTimeout))
  return { lit, light }
}
