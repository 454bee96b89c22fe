/** What LocalStack tells beside AWS's APIs, below `/_aws/`. */
import { Problem } from '../api/problems'

/**
 * Reads what is at the address; undefined where there is nothing yet: LocalStack has a service's pages from its first use on.
 *
 * @throws Problem, TypeError (no answer)
 */
export async function readOwnApi(url: string, headers: Record<string, string> = {}): Promise<unknown> {
  const answer = await fetch(url, { headers })
  if (answer.status === 404) return undefined
  if (!answer.ok) throw new Problem(answer.status, 'OwnApi', `${url}: HTTP ${answer.status.toString()}`)
  return answer.json()
}
