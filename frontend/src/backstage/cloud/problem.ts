/** What an AWS API refused, in the shape that the pages' notices show. */
import { Problem, problemOf } from '@/shared/api/problems'

interface ServiceException extends Error {
  $metadata: { httpStatusCode: number }
}

/** Whether a service answered: an SDK client also marks the fault of a network that is gone, which has no status. */
function isServiceException(error: unknown): error is ServiceException {
  return (
    error instanceof Error && (error as Partial<ServiceException>).$metadata?.httpStatusCode !== undefined
  )
}

/** @param error - whatever an SDK client or `fetch` threw; anything that is no failed request is thrown again. */
export async function cloudProblem(error: unknown): Promise<Problem> {
  if (!isServiceException(error)) return problemOf(error)
  const { name, message, $metadata } = error
  return new Problem($metadata.httpStatusCode, name, message, { cause: error })
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && error.name === 'ResourceNotFoundException'
}
