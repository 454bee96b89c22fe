/** The dead letters, and how many there are. Looking takes nothing out of the queue and hides nothing from others. */
import { ref, shallowRef, type Ref } from 'vue'

import { useBar } from '@/shared/bar'
import { readOwnApi } from '@/shared/post/own-api'

import { accountOf, DEAD_LETTER_QUEUE } from '../cloud/names'
import { usePolling, type Polling } from '../cloud/polling'
import { lettersOf, type DeadLetter } from './dead-letter'
import type { LetterQueue } from './letter-queue'

const EVERY_MS = 5000
const EVERY_MS_WHILE_NONE_IS_THERE = 60_000
// With this type LocalStack answers in JSON, else in XML.
const IN_JSON = { 'Content-Type': 'application/x-amz-json-1.0' }

export interface Letters {
  letters: Readonly<Ref<DeadLetter[]>>
  /** The queue's; null where it is not there. */
  url: Readonly<Ref<string | null>>
  polling: Polling
}

export function useLetters(queue: LetterQueue): Letters {
  const { configuration } = useBar()
  const letters = shallowRef<DeadLetter[]>([])
  const url = ref<string | null>(null)
  const name = `${configuration.region}/${accountOf(configuration.orderProcessorArn)}/${DEAD_LETTER_QUEUE}`
  const content = `${configuration.endpointUrl ?? ''}/_aws/sqs/messages/${name}?ShowInvisible=true`
  const { count, polling } = useLetterCount(queue, async () => {
    url.value = await queue.find()
    letters.value = count.value ? lettersOf(await readOwnApi(content, IN_JSON)) : []
  })
  return { letters, url, polling }
}

/** @param then - what else is read each time. */
export function useLetterCount(
  queue: LetterQueue,
  then: (() => Promise<void>) | null = null,
): { count: Readonly<Ref<number | null>>; polling: Polling } {
  const count = ref<number | null>(null)
  const polling = usePolling(
    async () => {
      count.value = await queue.count()
      await then?.()
    },
    () => (count.value === null ? EVERY_MS_WHILE_NONE_IS_THERE : EVERY_MS),
  )
  return { count, polling }
}
