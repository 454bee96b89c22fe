/** The scan that is being turned into an order, over a reload: who loses patience meanwhile must not spend a second drink. */
import { useSessionStorage } from '@vueuse/core'
import * as v from 'valibot'
import type { Ref } from 'vue'

const BegunScan = v.object({
  eventId: v.string(),
  code: v.string(),
  /** The live orders that the customer had before it. */
  before: v.array(v.string()),
})
export type BegunScan = v.InferOutput<typeof BegunScan>

/**
 * Kept for this tab only. Null where the bar has answered.
 *
 * @param userId - whose scan: whoever signs in after them had other orders before.
 */
export function useBegunScan(userId: string): Ref<BegunScan | null> {
  return useSessionStorage<BegunScan | null>(`serverlesspresso.scan.${userId}`, null, {
    serializer: { read: begunScanIn, write: JSON.stringify },
    flush: 'sync', // the page may be gone in the next moment
  })
}

function begunScanIn(text: string): BegunScan | null {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), BegunScan), text)
  return read.success ? read.output : null
}
