/** The code that is shown: read when the one before has ended, and whenever the bar was silent for a while. */
import { useIntervalFn } from '@vueuse/core'
import { computed, readonly, shallowRef, type ComputedRef, type Ref } from 'vue'

import type { Bucket } from '@/shared/api/contract'
import type { Problem } from '@/shared/api/problems'
import { useBar } from '@/shared/bar'
import type { Message } from '@/shared/realtime/messages'

import { sinceStart, type Contact } from '../reading/contact'
import { createReading } from '../reading/reading'
import { faceOf, hasEnded, shareLeft, type Face } from './code-face'
import { afterNews } from './code-news'
import { createCodeTime } from './code-time'

export interface Code {
  bucket: Readonly<Ref<Bucket | null>>
  face: ComputedRef<Face>
  refusal: Readonly<Ref<Problem | null>>
  secondsLeft: ComputedRef<number>
  /** How much of its time is left, 1 to 0. */
  shareLeft: ComputedRef<number>
  /** The bar's time, ms since 1970. */
  now: Readonly<Ref<number>>
  again: () => void
  hear: (message: Message) => void
}

const TICK_MS = 250
const ASK_AGAIN_MS = 1000
const JITTER_MS = 1500 // many displays of one shop change at the same moment
const SILENCE_MS = 12_000 // less than the 15 s for which the bar still takes the code before

export function useCode(contact: Contact): Code {
  const { api, clock } = useBar()
  const time = createCodeTime(clock)
  const bucket = shallowRef<Bucket | null>(null)
  const seen = shallowRef(look())
  const now = computed(() => seen.value.now)
  let askedAt = -Infinity
  let jitter = 0

  const reading = createReading(async () => {
    askedAt = sinceStart()
    const read = await api.bucket()
    time.learn(read, askedAt, sinceStart())
    if (read.code !== bucket.value?.code) jitter = Math.random() * JITTER_MS
    bucket.value = read
    seen.value = look()
  }, contact)

  function look() {
    return { now: time.now(), isSure: time.isSure(), quietFor: contact.quietFor() }
  }

  function isDue(): boolean {
    if (reading.isRunning.value || sinceStart() - askedAt < ASK_AGAIN_MS) return false
    const { isSure, quietFor } = seen.value
    return !bucket.value || !isSure || hasEnded(bucket.value, now.value - jitter) || quietFor > SILENCE_MS
  }

  useIntervalFn(() => {
    seen.value = look()
    if (isDue()) reading.again()
  }, TICK_MS)

  const face = computed(() => {
    const { isSure, quietFor } = seen.value
    const isRefused = reading.refusal.value !== null
    return faceOf({ bucket: isSure ? bucket.value : null, now: now.value, quietFor, isRefused })
  })
  return {
    bucket: readonly(bucket),
    face,
    refusal: reading.refusal,
    ...remaining(bucket, now),
    now,
    again: reading.again,
    hear: (message) => (bucket.value &&= afterNews(bucket.value, message)),
  }
}

function remaining(
  bucket: Readonly<Ref<Bucket | null>>,
  now: Readonly<Ref<number>>,
): Pick<Code, 'secondsLeft' | 'shareLeft'> {
  return {
    secondsLeft: computed(() => Math.max(0, Math.ceil(((bucket.value?.endTs ?? 0) - now.value) / 1000))),
    shareLeft: computed(() => (bucket.value ? shareLeft(bucket.value, now.value) : 0)),
  }
}
