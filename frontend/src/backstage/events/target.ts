/** What a rule sends its events to. Pure. */
import { nameOf } from '../cloud/names'

export type TargetKind = 'function' | 'stateMachine' | 'logGroup' | 'other'

export interface Target {
  kind: TargetKind
  /** The function's, the state machine's, the log group's. */
  name: string
  arn: string
}

export function targetOf(arn: string): Target {
  const [, , service, , , kind, name = ''] = arn.split(':')
  if (service === 'lambda' && kind === 'function') return { kind: 'function', name, arn }
  if (service === 'states' && kind === 'stateMachine') return { kind: 'stateMachine', name, arn }
  if (service === 'logs' && kind === 'log-group') return { kind: 'logGroup', name, arn }
  return { kind: 'other', name: nameOf(arn), arn }
}
