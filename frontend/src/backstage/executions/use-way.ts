/** The way of the execution that is looked at, followed while it runs. */
import { computed, shallowRef, watch, type Ref } from 'vue'

import { usePolling, type Polling } from '../cloud/polling'
import type { Execution, Executions } from './executions'
import { wayOf, type Way } from './way'

const EVERY_MS = 1000

/** @param shown - the execution; null for none. */
export function useWay(
  executions: Executions,
  shown: Readonly<Ref<Execution | null>>,
): { way: Readonly<Ref<Way>>; polling: Polling } {
  const way = shallowRef(wayOf([]))
  const arn = computed(() => shown.value?.arn ?? null)
  const isRunning = computed(() => shown.value?.status === 'RUNNING')

  async function read(): Promise<void> {
    const asked = arn.value
    const events = asked ? await executions.history(asked) : []
    if (asked === arn.value) way.value = wayOf(events)
  }

  const polling = usePolling(read, () => (isRunning.value ? EVERY_MS : null))
  watch([arn, isRunning], polling.again, { immediate: true })
  watch(arn, () => (way.value = wayOf([])))
  return { way, polling }
}
