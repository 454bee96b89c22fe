/**
 * Signing in at a Cognito user pool with a code (CUSTOM_AUTH), as anybody may: no request here is signed.
 *
 * Four operations by plain requests: AWS's client for them weighs 57 kB compressed, a quarter of what a page may.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html
 */
import ky, { isHTTPError } from 'ky'
import * as v from 'valibot'

import { Problem, problemOf } from '../api/problems'
import type { Configuration } from '../configuration'

/** Cognito waits for the code that it sent to the address. */
export interface Challenge {
  address: string
  session: string
}

export interface Tokens {
  accessToken: string
  refreshToken: string
}

export interface Cognito {
  /** Makes the address known; one that is known already stays as it is. */
  signUp: (address: string) => Promise<void>
  /** Has a code sent. */
  askForCode: (address: string) => Promise<Challenge>
  /** Tokens if the code is right, the next challenge if it is wrong. No try left: a `Problem` SignedOut. */
  answer: (challenge: Challenge, code: string) => Promise<Tokens | Challenge>
  /** New tokens. A `Problem` SignedOut if they are not to be had any more. */
  refresh: (tokens: Tokens) => Promise<Tokens>
  /** Makes the tokens useless. */
  revoke: (tokens: Tokens) => Promise<void>
}

const Result = v.object({ AccessToken: v.string(), RefreshToken: v.optional(v.string()) })
const Answer = v.object({ Session: v.nullish(v.string()), AuthenticationResult: v.optional(Result) })
const Fault = v.object({ __type: v.string(), message: v.optional(v.string(), '') })

export function createCognito(
  { endpointUrl, region, userPoolClientId }: Configuration,
  fetch = globalThis.fetch.bind(globalThis),
): Cognito {
  const url = endpointUrl ?? `https://cognito-idp.${region}.amazonaws.com`
  const call = (operation: string, parameters: object) =>
    request(url, fetch, operation, { ClientId: userPoolClientId, ...parameters })

  return {
    async signUp(address) {
      await call('SignUp', { Username: address, Password: unusedPassword() }).catch((error: unknown) => {
        if (!(error instanceof Problem && error.code === 'UsernameExistsException')) throw error
      })
    },
    async askForCode(address) {
      const parameters = { AuthFlow: 'CUSTOM_AUTH', AuthParameters: { USERNAME: address } }
      return challengeIn(await call('InitiateAuth', parameters), address)
    },
    async answer({ address, session }, code) {
      const answer = await call('RespondToAuthChallenge', {
        ChallengeName: 'CUSTOM_CHALLENGE',
        Session: session,
        ChallengeResponses: { USERNAME: address, ANSWER: code },
      })
      const { AuthenticationResult: result } = v.parse(Answer, answer)
      return result ? tokensIn(result) : challengeIn(answer, address)
    },
    async refresh({ refreshToken }) {
      const parameters = { AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: refreshToken } }
      const { AuthenticationResult: result } = v.parse(Answer, await call('InitiateAuth', parameters))
      return tokensIn(v.parse(Result, result), refreshToken)
    },
    async revoke({ refreshToken }) {
      await call('RevokeToken', { Token: refreshToken })
    },
  }
}

async function request(
  url: string,
  fetch: typeof globalThis.fetch,
  operation: string,
  json: object,
): Promise<unknown> {
  const headers = {
    'Content-Type': 'application/x-amz-json-1.1',
    'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
  }
  try {
    const text = await ky.post(url, { headers, json, fetch, timeout: 20_000, retry: 0 }).text()
    return text ? JSON.parse(text) : {}
  } catch (error) {
    throw isHTTPError(error) ? await faultOf(error.response) : await problemOf(error)
  }
}

/** Cognito's error as ours. Its name stays the code, but for the two that people have to hear about. */
async function faultOf(response: Response): Promise<Problem> {
  const parsed = v.safeParse(Fault, await response.json().catch(() => null))
  const { __type, message } = parsed.success ? parsed.output : { __type: '', message: '' }
  const name = __type.split('#').pop() ?? ''
  // What a trigger refused comes as text only (chalicelib/identity/sign_in.py).
  if (message.includes('too many codes')) return new Problem(response.status, 'TooManyCodes', message)
  return new Problem(response.status, name === 'NotAuthorizedException' ? 'SignedOut' : name, message)
}

function challengeIn(answer: unknown, address: string): Challenge {
  return { address, session: v.parse(v.object({ Session: v.string() }), answer).Session }
}

function tokensIn(result: v.InferOutput<typeof Result>, refreshToken = ''): Tokens {
  return { accessToken: result.AccessToken, refreshToken: result.RefreshToken ?? refreshToken }
}

/**
 * Cognito wants a password of every user. Nobody knows this one, and the client allows no flow that asks for it.
 * Not `crypto.randomUUID`, which a page has only where it came by https or from its own machine.
 */
function unusedPassword(): string {
  return `${crypto.getRandomValues(new BigUint64Array(2)).join('')}aA1!`
}
