// @vitest-environment node
import { describe, expect, it } from 'vitest'

import { eventOf, matches, withNewer, type BusEvent } from '@/backstage/events/bus-event'
import { journeyOf } from '@/backstage/orders/journey'

const ANY = { detailType: '', orderId: '', text: '' }

function event(
  detailType: string,
  ts: number,
  detail: Record<string, unknown> = {},
  id = `${detailType}@${ts.toString()}`,
): BusEvent {
  const text = JSON.stringify({
    id,
    'detail-type': detailType,
    detail: { at: ts, orderId: 'order-1', ...detail },
  })
  const found = eventOf({ id: 'line', stream: 'stream', ts: 0, text })
  if (!found) throw new Error('this is an event')
  return found
}

describe('a line of the bus’s log', () => {
  it('is the event with its own time', () => {
    expect(event('Validator.NewOrder', 5, { Message: 'A new order.' })).toMatchObject({
      detailType: 'Validator.NewOrder',
      ts: 5,
      orderId: 'order-1',
      message: 'A new order.',
    })
  })

  it('has the line’s time where the event has none, as those recorded from the original', () => {
    const text = JSON.stringify({ id: 'e', 'detail-type': 'ConfigService.ConfigChanged', detail: {} })
    expect(eventOf({ id: '1', stream: 's', ts: 7, text })).toMatchObject({
      ts: 7,
      orderId: null,
      message: '',
    })
  })

  it.each(['', 'plain words', '[]', '{"id":"e"}'])('%j holds no event', (text) => {
    expect(eventOf({ id: '1', stream: 's', ts: 7, text })).toBeNull()
  })
})

describe('the filter of events', () => {
  const one = event('OrderManager.MakeOrder', 1, { baristaUserId: 'Bea' })

  it.each([
    ['nothing', ANY, true],
    ['its type', { ...ANY, detailType: 'OrderManager.MakeOrder' }, true],
    ['the beginning of its type', { ...ANY, detailType: 'OrderManager' }, false],
    ['a part of its order', { ...ANY, orderId: 'der-1' }, true],
    ['another order', { ...ANY, orderId: 'order-2' }, false],
    ['a text in it, in any case', { ...ANY, text: 'bea' }, true],
    ['a text that is not in it', { ...ANY, text: 'zoe' }, false],
  ])('by %s', (_, filter, expected) => {
    expect(matches(one, filter)).toBe(expected)
  })
})

it('the stream has each event once, the newest first, and no more than it may', () => {
  const events = [1, 2, 3].map((ts) => event('A', ts))
  const again = event('A', 2)
  expect(withNewer(events, [again, event('A', 4)], 3).map(({ ts }) => ts)).toEqual([4, 3, 2])
})

describe('the journey of an order', () => {
  const scan = event('Validator.NewOrder', 0)
  const place = event('OrderProcessor.WorkflowStarted', 10)
  const submit = event('OrderManager.WaitingCompletion', 20)
  const make = event('OrderManager.MakeOrder', 30, { baristaUserId: 'b' })
  const putBack = event('OrderManager.MakeOrder', 40, { baristaUserId: '' })
  const done = event('OrderManager.OrderCompleted', 60)

  const told = (events: BusEvent[]) => journeyOf(events).map(({ name, fromTs, toTs }) => [name, fromTs, toTs])

  it('goes on while the order lives', () => {
    expect(told([scan, place])).toEqual([
      ['preparing', 0, 10],
      ['choosing', 10, null],
    ])
  })

  it('is the same in whatever order its events come, and however often', () => {
    const whole = [scan, place, submit, make, done]
    const expected = [
      ['preparing', 0, 10],
      ['choosing', 10, 20],
      ['queue', 20, 30],
      ['making', 30, 60],
    ]
    expect(told(whole)).toEqual(expected)
    expect(told([...whole.toReversed(), make])).toEqual(expected)
  })

  it('goes back to the queue with a barista who puts the order back', () => {
    expect(told([scan, submit, make, putBack]).at(-1)).toEqual(['queue', 40, null])
  })

  it('ends with the order, whatever comes late', () => {
    const late = event('OrderManager.MakeOrder', 70, { baristaUserId: 'b' })
    expect(told([scan, submit, done, late]).at(-1)).toEqual(['queue', 20, 60])
  })
})
