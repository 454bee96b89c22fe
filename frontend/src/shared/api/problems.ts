/** How a request can fail, in one shape. */
import isNetworkError from 'is-network-error'
import { isHTTPError, isTimeoutError } from 'ky'
import * as v from 'valibot'

/** The codes that the bar answers with and that a page has words for (`shared.problems.<code>` in the texts). */
export const PROBLEM_CODES = [
  'AlreadyClaimed',
  'BadRequest',
  'BarFull',
  'Busy',
  'Conflict',
  'Forbidden',
  'InvalidCode',
  'InvalidMenu',
  'InvalidOrder',
  'NoTokensRemaining',
  'NotFound',
  'NotReady',
  'OrderLimitReached',
  'ShopClosed',
  'SignedOut',
  'TooLate',
  'TooManyCodes',
  'Unavailable',
  'Unreachable',
  'WrongState',
] as const

/**
 * A request that was not granted.
 *
 * `code` is the API's stable name for why, or `Unreachable` (no answer came, status 0) or `SignedOut`; `message` is what
 * the API said, in English. Show people `explain(problem)` instead.
 */
export class Problem extends Error {
  override name = 'Problem'

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

const Refusal = v.object({ Code: v.string(), Message: v.string() })

/** The problem behind whatever a request threw; anything that is no failed request is thrown again. */
export async function problemOf(error: unknown): Promise<Problem> {
  if (error instanceof Problem) return error
  if (isHTTPError(error)) return refusal(error.response)
  if (isTimeoutError(error) || isNetworkError(error)) {
    return new Problem(0, 'Unreachable', error.message, { cause: error })
  }
  throw error
}

async function refusal(response: Response): Promise<Problem> {
  const text = await response.text().catch(() => '')
  const said = v.safeParse(v.pipe(v.string(), v.parseJson(), Refusal), text)
  const { Code, Message } = said.success ? said.output : { Code: '', Message: text.slice(0, 200) }
  return new Problem(response.status, Code, Message)
}
