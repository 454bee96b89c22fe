// @vitest-environment node
import { expect, it } from 'vitest'

import { aboutOf, toneOfHttp } from '@/backstage/functions/about'
import type { Remark } from '@/backstage/functions/invocation'

function said(...lines: unknown[]): { remarks: Remark[] } {
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
  return { remarks: texts.map((text, place) => ({ id: place.toString(), level: 'plain', text })) }
}

it('a request of the API tells its method, path, action, status and order, whichever of its lines says so', () => {
  const about = aboutOf(
    said(
      {
        message: 'order changed',
        method: 'PUT',
        path: '/orders/{order_id}',
        action: 'make',
        orderId: 'order-1',
      },
      'plain text',
      { message: 'answered', method: 'PUT', path: '/orders/{order_id}', status: 200 },
    ),
  )
  expect(about).toEqual({ request: 'PUT /orders/{order_id} make', status: 200, orderId: 'order-1' })
})

it('any other function tells its order, and one that says nothing tells nothing', () => {
  expect(aboutOf(said({ message: 'done', orderId: 'order-1' }))).toEqual({
    request: null,
    status: null,
    orderId: 'order-1',
  })
  expect(aboutOf(said('Traceback', '[1, 2]'))).toEqual({ request: null, status: null, orderId: null })
})

it.each([
  [200, 'ready'],
  [409, 'waiting'],
  [500, 'bad'],
])('%i has the colour %s', (status, tone) => expect(toneOfHttp(status)).toBe(tone))
