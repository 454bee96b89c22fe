/** The day in numbers, read anew when something happened, though not for each thing by itself. */
import { useDebounceFn } from '@vueuse/core'
import { shallowRef, type Ref } from 'vue'

import type { Insights } from '@/shared/api/contract'
import { problemOf, type Problem } from '@/shared/api/problems'
import { useBar, useEvents } from '@/shared/bar'
import { wentWell } from '@/shared/realtime/followers'

const CALM_MS = 1500 // the figures are counted from the same events that are heard here, a moment later
const AT_LEAST_EVERY_MS = 5000

export function useInsights() {
  const { api } = useBar()
  const insights = shallowRef<Insights | null>(null)
  const problem = shallowRef<Problem | null>(null)

  async function read(): Promise<void> {
    try {
      insights.value = await api.insights()
      problem.value = null
    } catch (error) {
      problem.value = await problemOf(error)
    }
  }

  const readSoon = useDebounceFn(read, CALM_MS, { maxWait: AT_LEAST_EVERY_MS })
  useEvents({ message: () => void readSoon(), catchUp: () => wentWell(read(), problem) })
  return { insights: insights as Readonly<Ref<Insights | null>>, problem, read }
}
