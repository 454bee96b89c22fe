/** Asks the cloud again and again, gently: one question at a time, none while nobody looks, fewer while it fails. */
import { tryOnScopeDispose, useDocumentVisibility, useTimeoutFn } from '@vueuse/core'
import { computed, ref, shallowRef, toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue'

import type { Problem } from '@/shared/api/problems'
import { oneAtATime } from '@/shared/one-at-a-time'

import { cloudProblem } from './problem'

export interface Polling {
  /** Why the last question failed; null after one that did not. */
  problem: Readonly<Ref<Problem | null>>
  /** Whether an answer came, be it a bad one. */
  isAnswered: Readonly<Ref<boolean>>
  /** Asks now, or once more after the question that is on its way. */
  again: () => void
}

const MOST_DOUBLINGS = 4

/** @param everyMs - the pause after each answer; null: not at all. */
export function usePolling(work: () => Promise<void>, everyMs: MaybeRefOrGetter<number | null>): Polling {
  const visibility = useDocumentVisibility()
  const problem = shallowRef<Problem | null>(null)
  const isAnswered = ref(false)
  const failures = ref(0)
  const wanted = computed(() => (visibility.value === 'visible' ? toValue(everyMs) : null))
  const pause = () => (wanted.value ?? 0) * 2 ** Math.min(failures.value, MOST_DOUBLINGS)
  const timer = useTimeoutFn(again, pause, { immediate: false })
  let isOver = false

  const ask = oneAtATime(async () => {
    timer.stop()
    if (isOver) return
    try {
      await work()
      problem.value = null
      failures.value = 0
    } catch (error) {
      problem.value = await cloudProblem(error)
      failures.value += 1
    }
    isAnswered.value = true
    goOn()
  })

  function goOn(): void {
    if (!isOver && wanted.value !== null) timer.start()
  }

  function again(): void {
    void ask()
  }

  watch(wanted, (ms) => (ms === null ? timer.stop() : again()), { immediate: true })
  tryOnScopeDispose(() => (isOver = true))
  return { problem, isAnswered, again }
}

/** Several as one: the first's problem before the others', and all asked again at once; answered when the first is. */
export function together(first: Polling, ...others: readonly Polling[]): Polling {
  const all = [first, ...others]
  return {
    problem: computed(() => all.find(({ problem }) => problem.value !== null)?.problem.value ?? null),
    isAnswered: first.isAnswered,
    again: () => all.forEach(({ again }) => again()),
  }
}
