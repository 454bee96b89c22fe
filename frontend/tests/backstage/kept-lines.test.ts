// @vitest-environment node
import { expect, it } from 'vitest'

import { invocationsOf } from '@/backstage/functions/invocation'
import { kept } from '@/backstage/functions/kept-lines'

const texts = (request: string) => [
  `START RequestId: ${request} Version: $LATEST`,
  `said by ${request}`,
  `REPORT RequestId: ${request}\tDuration: 12 ms`,
]
const asLines = (all: readonly string[]) =>
  all.map((text, ts) => ({ id: `${ts.toString()} ${text}`, stream: 's', ts, text }))
const lines = asLines(['one', 'two', 'three', 'four'].flatMap(texts))
const requestsIn = (found: typeof lines) => invocationsOf(found).map(({ requestId }) => requestId)

it('a log that is not long is kept whole', () => expect(kept(lines, 12, undefined)).toEqual(lines))

it('of a long one the newest lines are, and the beginning of each invocation that they are of', () => {
  const found = kept(lines, 4, undefined)
  expect(requestsIn(found)).toEqual(['three', 'four'])
  expect(found).toEqual([lines[6], ...lines.slice(8)])
})

it('an invocation that says more than is kept is told with the newest of that', () => {
  const [beginning = '', saying = ''] = texts('talker')
  const talk = asLines([beginning, ...Array.from({ length: 3_999 }, () => saying)])
  const [invocation, ...others] = invocationsOf(kept(kept(talk, 3_000, undefined), 3_000, undefined))
  expect([invocation?.requestId, invocation?.remarks.length, others]).toEqual(['talker', 3_000, []])
})

it('none is of an invocation whose beginning is gone', () => {
  expect(kept(lines.slice(1), 10, undefined)).toEqual(lines.slice(3))
})

it('the request that is looked for stays, whatever comes after it, and nobody else’s lines are taken for its own', () => {
  const newer = asLines(texts('five'))
  const found = kept([...kept(lines, 5, 'two'), ...newer], 3, 'two')
  expect(requestsIn(found)).toEqual(['two', 'five'])
  expect(invocationsOf(found)[0]?.remarks.map(({ text }) => text)).toEqual(['said by two'])
})
