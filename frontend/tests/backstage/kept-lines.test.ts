// @vitest-environment node
import { expect, it } from 'vitest'

import { invocationsOf } from '@/backstage/functions/invocation'
import { kept } from '@/backstage/functions/kept-lines'

const texts = (request: string) => [
  `START RequestId: ${request} Version: $LATEST`,
  `said by ${request}`,
  `REPORT RequestId: ${request}\tDuration: 12 ms`,
]
const lines = ['one', 'two', 'three', 'four'].flatMap((request, nth) =>
  texts(request).map((text, place) => ({ id: `${request} ${place.toString()}`, stream: 's', ts: nth, text })),
)
const requestsIn = (found: typeof lines) => invocationsOf(found).map(({ requestId }) => requestId)

it('a log that is not long is kept whole', () => expect(kept(lines, 12, undefined)).toEqual(lines))

it('of a long one the newest lines are, and none of an invocation whose beginning is gone', () => {
  const found = kept(lines, 5, undefined)
  expect(requestsIn(found)).toEqual(['four'])
  expect(found).toEqual(lines.slice(-3))
})

it('the request that is looked for stays, whatever comes after it, and nobody else’s lines are taken for its own', () => {
  const newer = texts('five').map((text, nth) => ({ id: `five ${nth.toString()}`, stream: 's', ts: 5, text }))
  const found = kept([...kept(lines, 5, 'two'), ...newer], 4, 'two')
  expect(requestsIn(found)).toEqual(['two', 'five'])
  expect(invocationsOf(found)[0]?.remarks.map(({ text }) => text)).toEqual(['said by two'])
})
