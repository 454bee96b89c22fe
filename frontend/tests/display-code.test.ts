// @vitest-environment node
import { describe, expect, it } from 'vitest'

import { faceOf, OUT_OF_TOUCH_MS, shareLeft, type Known } from '@/display/code/code-face'
import { afterNews } from '@/display/code/code-news'

const bucket = { eventId: 'ABC', code: 'x', availableTokens: 7, startTs: 0, endTs: 300_000 }
const known: Known = { bucket, now: 100_000, quietFor: 0, isRefused: false }

describe('in the code’s place stands', () => {
  it.each([
    ['the code', 'code', {}],
    ['the code, in its last millisecond', 'code', { now: bucket.endTs }],
    ['no code that has ended', 'changing', { now: bucket.endTs + 1 }],
    ['no code before the first was read', 'changing', { bucket: null }],
    ['that all drinks are taken', 'taken', { bucket: { ...bucket, availableTokens: 0 } }],
    [
      'that another code comes, once a taken one has ended',
      'changing',
      { bucket: { ...bucket, availableTokens: 0 }, now: 300_001 },
    ],
    ['no code while the bar was not heard for long', 'reconnecting', { quietFor: OUT_OF_TOUCH_MS + 1 }],
    ['that the bar says no', 'refused', { isRefused: true }],
  ] satisfies [string, string, Partial<Known>][])('%s', (_, face, difference) => {
    expect(faceOf({ ...known, ...difference })).toBe(face)
  })
})

describe('news of an order', () => {
  const news = (availableTokens: number, startTs = 0) => ({
    type: 'Validator.NewOrder',
    detail: { bucket: { eventId: 'ABC', availableTokens, startTs, endTs: startTs + 300_000 } },
  })

  it('tells what is left of the code', () => {
    expect(afterNews(bucket, news(6)).availableTokens).toBe(6)
  })

  it('that comes late or twice gives nothing back', () => {
    const after = [news(5), news(6), news(5)].reduce(afterNews, bucket)
    expect(after.availableTokens).toBe(5)
  })

  it('of another code changes nothing', () => {
    expect(afterNews(bucket, news(2, 300_000))).toBe(bucket)
  })

  it.each([
    { type: 'Validator.NewOrder', detail: {} },
    { type: 'Validator.NewOrder', detail: { bucket: 'three' } },
    { type: 'OrderManager.MakeOrder', detail: { bucket: { availableTokens: 1, startTs: 0 } } },
  ])('that is none is left alone (%j)', (message) => {
    expect(afterNews(bucket, message)).toBe(bucket)
  })
})

it.each([
  [-1, 1],
  [0, 1],
  [75_000, 0.75],
  [300_000, 0],
  [400_000, 0],
])('at %d ms, %d of the code’s time is left', (now, share) => {
  expect(shareLeft(bucket, now)).toBe(share)
})
