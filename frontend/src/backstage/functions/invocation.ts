/**
 * What a function's log tells of each of its invocations. Pure.
 *
 * Formats: https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html
 */
import * as v from 'valibot'

import type { LogLine } from '../cloud/log-tail'

export type Level = 'error' | 'warning' | 'plain'

/** The numbers of a REPORT line: ms and MB. */
export interface Report {
  durationMs: number
  /** null for an invocation whose process was warm. */
  initMs: number | null
  memoryMb: number
  usedMb: number
}

export interface Remark {
  id: string
  level: Level
  text: string
}

export interface Invocation {
  /** The log's id of its first line; a retried invocation keeps its request id. */
  id: string
  requestId: string
  stream: string
  /** ms since 1970 */
  ts: number
  /** What the function said. */
  remarks: Remark[]
  /** null before it is done. */
  report: Report | null
}

const START = /^START RequestId: (\S+)/
const END = 'END RequestId: '
const REPORT = 'REPORT RequestId: '

/** The invocations in these lines, which are sorted by time; what stands before the first START belongs to none. */
export function invocationsOf(lines: readonly LogLine[]): Invocation[] {
  const invocations: Invocation[] = []
  const current = new Map<string, Invocation>() // by log stream: each is one process, with one invocation at a time
  for (const line of lines) {
    const begun = beginningOf(line)
    const invocation = begun ?? current.get(line.stream)
    if (begun) invocations.push(begun)
    if (!invocation) continue
    current.set(line.stream, invocation)
    if (!begun) add(invocation, line)
  }
  return invocations
}

/** The request whose invocation begins with this line; undefined where none does. */
export function startedIn({ text }: LogLine): string | undefined {
  return START.exec(text)?.[1]
}

function beginningOf(line: LogLine): Invocation | null {
  const { id, stream, ts } = line
  const requestId = startedIn(line)
  return requestId ? { id, requestId, stream, ts, remarks: [], report: null } : null
}

function add(invocation: Invocation, { id, text }: LogLine): void {
  if (text.startsWith(END)) return
  if (text.startsWith(REPORT)) invocation.report = reportOf(text)
  else invocation.remarks.push({ id, level: levelOf(text), text: text.replaceAll('\r', '\n') })
}

const RequestId = v.pipe(v.string(), v.parseJson(), v.looseObject({ function_request_id: v.string() }))

/** The requests that said these lines, each once. */
export function requestIdsIn(lines: readonly LogLine[]): string[] {
  const said = lines.map(({ text }) => v.safeParse(RequestId, text))
  return [...new Set(said.flatMap(({ success, output }) => (success ? output.function_request_id : [])))]
}

/** The numbers of a REPORT line. */
export function reportOf(text: string): Report {
  const fields = new Map(text.split('\t').map((field) => field.split(': ') as [string, string | undefined]))
  const number = (name: string) => Number.parseFloat(fields.get(name) ?? '')
  const init = number('Init Duration')
  return {
    durationMs: number('Duration'),
    initMs: Number.isNaN(init) ? null : init,
    memoryMb: number('Memory Size'),
    usedMb: number('Max Memory Used'),
  }
}

const ERROR = /^\[ERROR\]|^Traceback|Task timed out|"level": ?"(ERROR|CRITICAL)"|RequestId: \S+ Error:/
const WARNING = /^\[WARNING\]|"level": ?"WARNING"/

export function levelOf(text: string): Level {
  if (ERROR.test(text)) return 'error'
  return WARNING.test(text) ? 'warning' : 'plain'
}

export function hasError({ remarks }: Invocation): boolean {
  return remarks.some(({ level }) => level === 'error')
}
