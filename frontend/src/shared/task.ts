/** One thing that the page does at the bar and that may fail: whether it runs, and what went wrong. */
import { ref, shallowRef, type Ref } from 'vue'

import { problemOf, type Problem } from './api/problems'

export interface Task {
  running: Readonly<Ref<boolean>>
  /** Why the last run failed; null while it runs and after it went well. */
  problem: Ref<Problem | null>
  /** Runs it and gives what it gives; undefined when it failed or is running already. */
  run: <T>(work: () => Promise<T>) => Promise<T | undefined>
}

export function useTask(): Task {
  const running = ref(false)
  const problem = shallowRef<Problem | null>(null)
  return {
    running,
    problem,
    async run(work) {
      if (running.value) return undefined
      running.value = true
      problem.value = null
      try {
        return await work()
      } catch (error) {
        problem.value = await problemOf(error)
        return undefined
      } finally {
        running.value = false
      }
    },
  }
}
