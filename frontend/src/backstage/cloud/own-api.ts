/** What LocalStack tells beside AWS's APIs, below `/_aws/`. */
import { Problem } from '@/shared/api/problems'
import type { Configuration } from '@/shared/configuration'

/**
 * Reads `path`; undefined where there is nothing yet: LocalStack has a service's pages from its first use on.
 *
 * @throws Problem, TypeError (no answer)
 */
export async function readOwnApi(
  { endpointUrl }: Configuration,
  path: string,
  headers: Record<string, string> = {},
): Promise<unknown> {
  const answer = await fetch(`${endpointUrl ?? ''}${path}`, { headers })
  if (answer.status === 404) return undefined
  if (!answer.ok) throw new Problem(answer.status, 'OwnApi', `${path}: HTTP ${answer.status.toString()}`)
  return answer.json()
}
