/** What came of an event at one target, as logs and executions show it. Pure. */
import type { Tone } from '../frame/tones'
import type { Execution } from '../executions/executions'
import { hasError, type Invocation } from '../functions/invocation'

export const OUTCOMES = [
  'waiting',
  'running',
  'written',
  'done',
  'failing',
  'failed',
  'dead',
  'unseen',
] as const
export type Outcome = (typeof OUTCOMES)[number]

export const TONES: Readonly<Record<Outcome, Tone>> = {
  waiting: 'waiting',
  running: 'making',
  written: 'ready',
  done: 'ready',
  failing: 'bad',
  failed: 'bad',
  dead: 'bad',
  unseen: 'plain',
}

export interface Trace {
  outcome: Outcome
  /** The function's last attempt. */
  invocation: Invocation | null
  attempts: number
  execution: Execution | null
}

/** What takes this long to be seen is not looked for any more, ms: functions log when they are done. */
export const LOOKED_FOR_MS = 60_000

/**
 * What failed may still be done, ms: Lambda tries again after one and after two minutes, and each attempt takes its time.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export const RETRIED_FOR_MS = 10 * 60_000
const MOST_ATTEMPTS = 3

const NOTHING: Trace = { outcome: 'waiting', invocation: null, attempts: 0, execution: null }

export function ofInvocations(invocations: readonly Invocation[]): Trace {
  const invocation = invocations.at(-1)
  if (!invocation) return NOTHING
  return { ...NOTHING, invocation, attempts: invocations.length, outcome: outcomeOf(invocation) }
}

function outcomeOf(invocation: Invocation): Outcome {
  if (hasError(invocation)) return 'failed'
  return invocation.report ? 'done' : 'running'
}

/** An execution that was started has taken the event; how it ends is another story, told beside. */
export function ofExecution(execution: Execution | null): Trace {
  return execution ? { ...NOTHING, execution, outcome: 'done' } : NOTHING
}

export function ofLogLines(count: number): Trace {
  return count > 0 ? { ...NOTHING, outcome: 'written' } : NOTHING
}

/**
 * @param isDead - whether a dead letter says that the target did not take this event.
 * @param age - of the event, ms.
 */
export function settled(trace: Trace, isDead: boolean, age: number): Trace {
  if (isDead) return { ...trace, outcome: 'dead' }
  const { outcome, attempts } = trace
  if (outcome === 'waiting' && age > LOOKED_FOR_MS) return { ...trace, outcome: 'unseen' }
  const isRetried = outcome === 'failed' && attempts < MOST_ATTEMPTS && age <= RETRIED_FOR_MS
  return isRetried ? { ...trace, outcome: 'failing' } : trace
}

/** Whether it is worth looking again. */
export function isOpen({ outcome }: Pick<Trace, 'outcome'>): boolean {
  return ['waiting', 'running', 'failing'].includes(outcome)
}
