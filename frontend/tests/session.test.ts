import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'

import { Problem } from '@/shared/api/problems'
import type { Cognito } from '@/shared/auth/cognito'
import { createSession } from '@/shared/auth/session'
import { createClock } from '@/shared/clock'

import { accessToken } from './fakes'

const CHALLENGE = { address: 'ana@example.com', session: 'one' }

function cognito(token = accessToken()) {
  return {
    signUp: vi.fn<Cognito['signUp']>(async () => undefined),
    askForCode: vi.fn<Cognito['askForCode']>(async () => CHALLENGE),
    answer: vi.fn<Cognito['answer']>(async () => ({ accessToken: token, refreshToken: 'refresh' })),
    refresh: vi.fn<Cognito['refresh']>(async () => ({
      accessToken: accessToken('renewed'),
      refreshToken: 'refresh',
    })),
    revoke: vi.fn<Cognito['revoke']>(async () => undefined),
  }
}

async function signedIn(pool: Cognito, page = 'order') {
  const session = createSession(page, pool, createClock())
  await session.answer(CHALLENGE, '123456')
  await nextTick()
  return session
}

beforeEach(() => localStorage.clear())

describe('a session', () => {
  it('begins with an address that need not be known', async () => {
    const pool = cognito()
    expect(await createSession('order', pool, createClock()).begin('ana@example.com')).toBe(CHALLENGE)
    expect(pool.signUp).toHaveBeenCalledWith('ana@example.com')
  })

  it('knows who signed in, and whether they are a barista', async () => {
    const session = await signedIn(cognito(accessToken('ana', ['admin'])))
    expect(session.person.value).toMatchObject({ address: 'ana@example.com', userId: 'ana', isBarista: true })
  })

  it('a wrong code gives another try and signs nobody in', async () => {
    const pool = cognito()
    pool.answer.mockResolvedValue({ ...CHALLENGE, session: 'two' })
    const session = createSession('order', pool, createClock())
    expect(await session.answer(CHALLENGE, '000000')).toMatchObject({ session: 'two' })
    expect(session.person.value).toBeNull()
  })

  it('outlives a reload, on its own page only', async () => {
    await signedIn(cognito())
    expect(createSession('order', cognito(), createClock()).person.value).not.toBeNull()
    expect(createSession('barista', cognito(), createClock()).person.value).toBeNull()
  })

  it('that cannot be read is nobody’s', () => {
    localStorage.setItem(
      'serverlesspresso.order.session',
      '{"address":"ana","accessToken":"x","refreshToken":"y"}',
    )
    expect(createSession('order', cognito(), createClock()).person.value).toBeNull()
  })

  it('renews a token before it ends, once for all who ask', async () => {
    const pool = cognito(accessToken('ana', [], Date.now() + 30_000))
    const session = await signedIn(pool)
    const [one, two] = await Promise.all([session.token(), session.token()])
    expect(one).toBe(two)
    expect(session.person.value?.userId).toBe('renewed')
    expect(pool.refresh).toHaveBeenCalledOnce()
  })

  it('ends when Cognito gives no new token', async () => {
    const pool = cognito()
    const session = await signedIn(pool)
    pool.refresh.mockRejectedValue(new Problem(400, 'SignedOut', 'revoked'))
    await expect(session.renew()).rejects.toThrow('revoked')
    expect(session.person.value).toBeNull()
  })

  it('outlives a network that is away', async () => {
    const pool = cognito()
    const session = await signedIn(pool)
    pool.refresh.mockRejectedValue(new Problem(0, 'Unreachable', 'no network'))
    await expect(session.renew()).rejects.toThrow('no network')
    expect(session.person.value).not.toBeNull()
  })

  it('ends here even where nobody can be told', async () => {
    const pool = cognito()
    const session = await signedIn(pool)
    pool.revoke.mockRejectedValue(new Problem(0, 'Unreachable', 'no network'))
    await session.signOut()
    expect(session.person.value).toBeNull()
    expect(await session.token()).toBeNull()
  })
})
