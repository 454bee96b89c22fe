/**
 * Requests to the bar: signed in, patient and counted in one clock. Knows no route.
 *
 * What can be repeated safely (all but POST) is repeated when no answer or a 5xx came. `NotReady` and `Busy` (409)
 * mean "the same in a moment" and are obeyed. A 401 is answered with a renewed token, once.
 */
import ky, { type AfterResponseHook, type KyInstance } from 'ky'

import type { Clock } from '../clock'

/** The part of a session that requests need. */
export interface TokenSource {
  /** A good access token, or null for somebody who is not signed in. */
  token: () => Promise<string | null>
  /** Makes the next `token()` a new one. */
  renew: () => Promise<unknown>
}

const NOT_READY_DELAY_MS = 1000 // where Retry-After cannot be read: on AWS the API is of another origin than the pages

export function createHttp(
  apiUrl: string,
  tokens: TokenSource,
  clock: Clock,
  fetch = globalThis.fetch,
): KyInstance {
  return ky.create({
    prefixUrl: apiUrl,
    fetch: timed(fetch, clock),
    timeout: 15_000,
    retry: {
      limit: 4,
      backoffLimit: 2000,
      statusCodes: [408, 429, 500, 502, 503, 504],
      retryOnTimeout: true,
    },
    hooks: {
      beforeRequest: [
        async (request) => {
          const token = await tokens.token()
          if (token) request.headers.set('Authorization', `Bearer ${token}`)
        },
      ],
      afterResponse: [renewed(tokens), whenReady],
    },
  })
}

function timed(fetch: typeof globalThis.fetch, clock: Clock): typeof globalThis.fetch {
  return async (input, init) => {
    const askedAt = Date.now()
    const answer = await fetch(input, init)
    clock.learn(answer.headers.get('date'), askedAt, Date.now())
    return answer
  }
}

function renewed(tokens: TokenSource): AfterResponseHook {
  return async (request, _options, response, { retryCount }) => {
    if (response.status !== 401 || retryCount > 0 || !request.headers.has('Authorization')) return
    await tokens.renew()
    return ky.retry({ delay: 0 })
  }
}

const whenReady: AfterResponseHook = async (_request, options, response, { retryCount }) => {
  if (response.status !== 409 || retryCount >= (options.retry.limit ?? 0)) return
  const { Code } = await response.json<{ Code?: string }>()
  if (Code !== 'NotReady' && Code !== 'Busy') return
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN)
  return ky.retry({ delay: Number.isNaN(seconds) ? NOT_READY_DELAY_MS : seconds * 1000 })
}
