// @vitest-environment node
import { describe, expect, it } from 'vitest'

import type { LogLine } from '@/backstage/cloud/log-tail'
import { hasError, invocationsOf, levelOf, reportOf } from '@/backstage/functions/invocation'

const REPORT =
  'REPORT RequestId: r1\tDuration: 338.50 ms\tBilled Duration: 1517 ms\tMemory Size: 512 MB\tMax Memory Used: 56 MB'

/** Lines one after the other; `stream: text`. */
function lines(...texts: [string, string][]): LogLine[] {
  return texts.map(([stream, text], place) => ({ id: place.toString(), stream, ts: place, text }))
}

describe('a REPORT line', () => {
  it('has the numbers of a warm invocation', () => {
    expect(reportOf(REPORT)).toEqual({ durationMs: 338.5, initMs: null, memoryMb: 512, usedMb: 56 })
  })

  it('tells a cold start', () => {
    expect(reportOf(`${REPORT}\tInit Duration: 1177.92 ms`).initMs).toBe(1177.92)
  })
})

describe('the invocations of a log', () => {
  it('keep their own lines though processes write at the same time', () => {
    const found = invocationsOf(
      lines(
        ['one', 'START RequestId: r1 Version: $LATEST'],
        ['two', 'START RequestId: r2 Version: $LATEST'],
        ['one', 'of r1'],
        ['two', 'of r2'],
        ['one', 'END RequestId: r1'],
        ['one', REPORT],
      ),
    )
    expect(
      found.map(({ requestId, remarks, report }) => [
        requestId,
        remarks.map(({ text }) => text),
        report?.usedMb,
      ]),
    ).toEqual([
      ['r1', ['of r1'], 56],
      ['r2', ['of r2'], undefined],
    ])
  })

  it('are two where a request was tried twice', () => {
    const start = 'START RequestId: r1 Version: $LATEST'
    expect(invocationsOf(lines(['s', start], ['s', REPORT], ['s', start]))).toHaveLength(2)
  })

  it('leave out what was before the first START', () => {
    expect(invocationsOf(lines(['s', 'INIT_START'], ['s', REPORT]))).toEqual([])
  })

  it('have errors, with their traceback in lines', () => {
    const [found] = invocationsOf(
      lines(
        ['s', 'START RequestId: r1'],
        ['s', "[ERROR] KeyError: 'time'\rTraceback (most recent call last):"],
      ),
    )
    expect(found && hasError(found)).toBe(true)
    expect(found?.remarks[0]?.text.split('\n')).toHaveLength(2)
  })
})

it.each([
  ['{"level":"ERROR","message":"broke"}', 'error'],
  ['{"level": "CRITICAL"}', 'error'],
  ['2026-11-23T03:52:42Z r1 Task timed out after 29.00 seconds', 'error'],
  ['RequestId: r1 Error: Runtime exited with error: exit status 1', 'error'],
  ['{"level":"WARNING"}', 'warning'],
  ['{"level":"INFO","message":"no ERROR at all"}', 'plain'],
])('%s is %s', (text, level) => expect(levelOf(text)).toBe(level))
