/** What the states of a workflow call. Pure. */
import { partsOf, type Definition, type State } from '../executions/definition'
import { partOf } from './part-names'

type Task = State & { Parameters?: { FunctionName?: string; TableName?: string } }

/** The part that each state calls, by the state's name; states that call nothing are not in it. */
export function callsOf({ States }: Definition): Map<string, string> {
  const found = Object.entries(States).flatMap(([name, state]): [string, string][] => {
    const called = calledBy(state)
    return [
      ...(called ? [[name, called] as [string, string]] : []),
      ...partsOf(state).flatMap((part) => [...callsOf(part)]),
    ]
  })
  return new Map(found)
}

function calledBy({ Resource = '', Parameters = {} }: Task): string {
  const { FunctionName, TableName } = Parameters
  if (TableName) return `table:${TableName}`
  if (FunctionName) return FunctionName.startsWith('arn:') ? partOf(FunctionName) : `function:${FunctionName}`
  return Resource.startsWith('arn:aws:lambda:') ? partOf(Resource) : ''
}
