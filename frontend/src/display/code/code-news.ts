/** What messages tell of the code that is shown: how many drinks are left. Pure. */
import * as v from 'valibot'

import type { Bucket } from '@/shared/api/contract'
import type { Message } from '@/shared/realtime/messages'

const NewOrder = v.object({
  type: v.literal('Validator.NewOrder'),
  detail: v.object({ bucket: v.object({ startTs: v.number(), availableTokens: v.number() }) }),
})

/**
 * The code after the message. Messages come out of order, and each order leaves less: so the least that was told is the
 * truth, until the code is read again (a drink may also be given back).
 */
export function afterNews(bucket: Bucket, message: Message): Bucket {
  const parsed = v.safeParse(NewOrder, message)
  if (!parsed.success) return bucket
  const { startTs, availableTokens } = parsed.output.detail.bucket
  if (startTs !== bucket.startTs || availableTokens >= bucket.availableTokens) return bucket
  return { ...bucket, availableTokens }
}
