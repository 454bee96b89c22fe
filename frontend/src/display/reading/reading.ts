/**
 * Reads something from the bar again and again, for days: whatever goes wrong in one reading, the next is another try.
 *
 * It asks by no timer of its own; `useDisplay` says when.
 */
import { readonly, ref, shallowRef, type Ref } from 'vue'

import { Problem } from '@/shared/api/problems'
import { oneAtATime } from '@/shared/one-at-a-time'

import type { Contact } from './contact'

export interface Reading {
  /** Whether a reading is under way. */
  isRunning: Readonly<Ref<boolean>>
  /** What the bar said no with at last; null where it answered, or did not answer at all. */
  refusal: Readonly<Ref<Problem | null>>
  /** Reads, never twice at once: asked for while it reads, it reads once more afterwards. */
  again: () => void
}

/** @param read - reads and keeps what it read; may fail in any way, but has to come to an end. */
export function createReading(read: () => Promise<void>, contact: Contact): Reading {
  const isRunning = ref(false)
  const refusal = shallowRef<Problem | null>(null)

  const readAnew = oneAtATime(async () => {
    isRunning.value = true
    try {
      await read()
      contact.heard()
      refusal.value = null
    } catch (error) {
      refusal.value = refusalIn(error)
    } finally {
      isRunning.value = false
    }
  })

  return { isRunning: readonly(isRunning), refusal: readonly(refusal), again: () => void readAnew() }
}

/** Passes by itself: no answer, one that is none of ours, a fault of the bar, too many requests, an old token. */
const PASSING = new Set([401, 408, 429])

function refusalIn(error: unknown): Problem | null {
  if (!(error instanceof Problem)) return null
  const { status } = error
  return status >= 400 && status < 500 && !PASSING.has(status) ? error : null
}
