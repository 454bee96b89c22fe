/** The code that somebody has asked for, over a reload: whoever looks for the letter in another app may lose the page. */
import { useSessionStorage } from '@vueuse/core'
import * as v from 'valibot'
import type { Ref } from 'vue'

const CODE_LIVES_MS = 5 * 60_000 // chalicelib/identity/sign_in.py

/** How often a code may be answered. */
export const TRIES = 3 // chalicelib/identity/sign_in.py

const AwaitedCode = v.object({
  address: v.string(),
  session: v.string(),
  triesLeft: v.number(),
  sentTs: v.number(),
})
export type AwaitedCode = v.InferOutput<typeof AwaitedCode>

/** Kept for this tab only. Null where none is awaited, or not any more. */
export function useAwaitedCode(): Ref<AwaitedCode | null> {
  return useSessionStorage<AwaitedCode | null>('serverlesspresso.code', null, {
    serializer: { read: (text) => stillAwaited(text, Date.now()), write: JSON.stringify },
  })
}

/** Pure. @param now - by this machine, as `sentTs` is: only how long ago it was matters. */
export function stillAwaited(text: string, now: number): AwaitedCode | null {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), AwaitedCode), text)
  return read.success && now - read.output.sentTs < CODE_LIVES_MS ? read.output : null
}
