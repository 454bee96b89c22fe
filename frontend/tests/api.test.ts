// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'

import { createApi } from '@/shared/api/api'
import { createHttp } from '@/shared/api/http'
import { createClock } from '@/shared/clock'

import { answering, json, order } from './fakes'

const NOT_READY = { Code: 'NotReady', Message: 'the bar is still preparing' }

function bar(...answers: (Response | Error)[]) {
  const { fetch, requests } = answering(...answers)
  let token = 'old'
  const renew = vi.fn(async () => {
    token = 'new'
  })
  const http = createHttp('http://bar.test/api', { token: async () => token, renew }, createClock(), fetch)
  return { api: createApi(http, 'ABC'), requests, renew }
}

describe('the API', () => {
  it('is asked as who is signed in, about the shop of the page', async () => {
    const { api, requests } = bar(json({ orders: [order], nextToken: null }))
    expect((await api.orders('SUBMITTED', { maxItems: 5 })).orders).toEqual([order])
    expect(requests[0]?.url).toBe('http://bar.test/api/orders?eventId=ABC&state=SUBMITTED&maxItems=5')
    expect(requests[0]?.headers.get('Authorization')).toBe('Bearer old')
  })

  it('a refusal becomes a problem with the code and the words of the API', async () => {
    const { api } = bar(
      json({ Code: 'AlreadyClaimed', Message: 'another barista is making this order' }, 409),
    )
    await expect(api.make('order-1')).rejects.toMatchObject({
      status: 409,
      code: 'AlreadyClaimed',
      message: 'another barista is making this order',
    })
  })

  it('an answer of somebody in between is a problem too', async () => {
    const { api } = bar(new Response('<html>Bad Gateway', { status: 400 }))
    await expect(api.config()).rejects.toMatchObject({ status: 400, code: '', message: '<html>Bad Gateway' })
  })

  it('submit waits until the bar asks for the drink', async () => {
    const { api, requests } = bar(json(NOT_READY, 409, { 'Retry-After': '0' }), json(order))
    await api.submit('order-1', { drink: 'Americano', modifiers: ['Oat'] })
    expect(await requests[1]?.json()).toEqual({ drink: 'Americano', modifiers: ['Oat'] })
  })

  it('a bar that is never ready is a refusal at last', async () => {
    const answers = Array.from({ length: 16 }, () => json(NOT_READY, 409, { 'Retry-After': '0' }))
    const { api } = bar(...answers)
    await expect(api.submit('order-1', { drink: 'Americano', modifiers: [] })).rejects.toMatchObject({
      code: 'NotReady',
    })
  })

  it('a token that is not taken any more is renewed once', async () => {
    const { api, requests, renew } = bar(json({}, 401), json(order))
    await api.order('order-1')
    expect(renew).toHaveBeenCalledOnce()
    expect(requests[1]?.headers.get('Authorization')).toBe('Bearer new')
  })

  it('who is turned away with a new token as well hears of it', async () => {
    const { api } = bar(json({}, 401), json({ message: 'Unauthorized' }, 401))
    await expect(api.order('order-1')).rejects.toMatchObject({ status: 401 })
  })

  it('reading again where no answer came is safe, and done', async () => {
    const { api } = bar(new TypeError('Failed to fetch'), json(order))
    expect(await api.order('order-1')).toEqual(order)
  })

  it('a mistake of the page is not taken for a network that is away', async () => {
    const { api } = bar(new TypeError('x is not a function'))
    await expect(api.redeem('code')).rejects.toThrow(TypeError)
  })

  it('a code is redeemed once only, even where no answer came', async () => {
    const { api, requests } = bar(new TypeError('Failed to fetch'))
    await expect(api.redeem('code')).rejects.toMatchObject({ status: 0, code: 'Unreachable' })
    expect(requests).toHaveLength(1)
  })
})
