// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'

import { createCognito } from '@/shared/auth/cognito'

import { answering, configuration, json } from './fakes'

const CHALLENGE = { address: 'ana@example.com', session: 'one' }

function pool(...answers: (Response | Error)[]) {
  const { fetch, requests } = answering(...answers)
  return { cognito: createCognito(configuration, fetch), requests }
}

const passwordIn = (body: unknown) => (body as { Password: string }).Password

describe('Cognito', () => {
  it('is asked at the local cloud, or on AWS at its own endpoint', async () => {
    const local = pool(json({}))
    await local.cognito.revoke({ accessToken: '', refreshToken: 'refresh' })
    expect(local.requests[0]?.url).toBe('http://bar.test/')

    const { fetch, requests } = answering(json({}))
    const onAws = createCognito({ ...configuration, endpointUrl: null, region: 'eu-west-1' }, fetch)
    await onAws.revoke({ accessToken: '', refreshToken: 'refresh' })
    expect(requests[0]?.url).toBe('https://cognito-idp.eu-west-1.amazonaws.com/')
  })

  it('an address that signed up before is no problem', async () => {
    const { cognito } = pool(json({ __type: 'UsernameExistsException', message: 'exists' }, 400))
    await expect(cognito.signUp('ana@example.com')).resolves.toBeUndefined()
  })

  it('an address signs up with a password of its own, also where a page came by plain http', async () => {
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
    const { cognito, requests } = pool(json({}), json({}))
    for (const address of ['ana@example.com', 'ben@example.com']) await cognito.signUp(address)
    const passwords = await Promise.all(requests.map(async (one) => passwordIn(await one.json())))
    expect(passwords[0]).not.toBe(passwords[1])
    expect(passwords[0]).toMatch(/^\d{20,40}aA1!$/)
    vi.unstubAllGlobals()
  })

  it('the right code gives tokens, a wrong one the next challenge', async () => {
    const right = { AuthenticationResult: { AccessToken: 'access', RefreshToken: 'refresh' } }
    const { cognito } = pool(json({ ChallengeName: 'CUSTOM_CHALLENGE', Session: 'two' }), json(right))
    expect(await cognito.answer(CHALLENGE, '000000')).toEqual({ address: 'ana@example.com', session: 'two' })
    expect(await cognito.answer(CHALLENGE, '123456')).toEqual({
      accessToken: 'access',
      refreshToken: 'refresh',
    })
  })

  it('the end of tries is told as the end of the session', async () => {
    const { cognito } = pool(
      json({ __type: 'NotAuthorizedException', message: 'Incorrect username or password.' }, 400),
    )
    await expect(cognito.answer(CHALLENGE, '000000')).rejects.toMatchObject({ code: 'SignedOut' })
  })

  it('what the bar’s trigger refuses is told as the bar’s refusal', async () => {
    const message = 'CreateAuthChallenge failed with error too many codes were sent to this address.'
    const { cognito } = pool(json({ __type: 'UserLambdaValidationException', message }, 400))
    await expect(cognito.askForCode('ana@example.com')).rejects.toMatchObject({ code: 'TooManyCodes' })
  })

  it('keeps the refresh token where Cognito gives no new one', async () => {
    const { cognito } = pool(json({ AuthenticationResult: { AccessToken: 'newer' } }))
    const tokens = { accessToken: 'old', refreshToken: 'refresh' }
    expect(await cognito.refresh(tokens)).toEqual({ accessToken: 'newer', refreshToken: 'refresh' })
  })
})
