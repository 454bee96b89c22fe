/** What a function's role allows it to reach, by its policies. Pure. */
import type { Part } from './system'
import { partOf } from './part-names'

export interface Statement {
  Effect?: string
  Action?: string | string[]
  Resource?: string | string[]
}

/** Writing one's own log says nothing of the system. */
const TELLING = /^(dynamodb|events|states|execute-api|lambda):/

/** @param document - a policy's JSON, encoded as IAM gives it. */
export function statementsOf(document: string): Statement[] {
  const { Statement = [] } = JSON.parse(decodeURIComponent(document)) as {
    Statement?: Statement | Statement[]
  }
  return [Statement].flat()
}

/** The ids of the parts that these statements let a function reach. */
export function reachedBy(statements: readonly Statement[], parts: readonly Part[]): string[] {
  const patterns = statements
    .filter(
      ({ Effect, Action = [] }) => Effect === 'Allow' && [Action].flat().some((one) => TELLING.test(one)),
    )
    .flatMap(({ Resource = [] }) => [Resource].flat().map(partOf))
    .filter((pattern) => pattern !== '')
    .map(asPattern)
  return parts.filter(({ id }) => patterns.some((pattern) => pattern.test(id))).map(({ id }) => id)
}

function asPattern(id: string): RegExp {
  return new RegExp(`^${id.split('*').map(escaped).join('.*')}$`)
}

function escaped(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\/]/g, '\\$&')
}
