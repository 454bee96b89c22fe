/** Where an execution left the way to the cup, and for which error. Pure. */
import * as v from 'valibot'

import type { Failure, Way } from './way'

export interface Why {
  state: string
  failure: Failure
}

const LambdaError = v.pipe(v.string(), v.parseJson(), v.looseObject({ errorMessage: v.string() }))

/** The last error that a Catch took: a Fail state that follows it only repeats that something failed. */
export function whyOf({ visits }: Way): Why | null {
  const at =
    visits.findLast(({ outcome }) => outcome === 'caught') ?? visits.findLast(({ failure }) => failure)
  return at?.failure ? { state: at.state, failure: at.failure } : null
}

/** What a cause says; a function's is JSON with its message among other things. */
export function wordsOf({ cause }: Pick<Failure, 'cause'>): string {
  const parsed = v.safeParse(LambdaError, cause)
  return parsed.success ? parsed.output.errorMessage : cause
}
