/** The way of the execution that is looked at, followed while it runs, and in any case until it was read as it ended. */
import { computed, ref, shallowRef, watch, type Ref } from 'vue'

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
  /** The execution whose history was read after it had ended; nothing can be added to it. */
  const wholeArn = ref<string | null>(null)

  async function read(): Promise<void> {
    const [asked, hasEnded] = [arn.value, !isRunning.value]
    const events = asked ? await executions.history(asked) : []
    if (asked !== arn.value) return
    way.value = wayOf(events)
    if (hasEnded) wholeArn.value = asked
  }

  const polling = usePolling(read, () => (arn.value === wholeArn.value ? null : EVERY_MS))
  watch([arn, isRunning], polling.again)
  watch(arn, () => {
    way.value = wayOf([])
    wholeArn.value = null
  })
  return { way, polling }
}
