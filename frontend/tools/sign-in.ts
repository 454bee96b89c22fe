/** Signs somebody in at the running local cloud, with the code out of their letter. Gives what a page stores. */

interface Letter {
  Destination: { ToAddresses: string[] }
  Body: { text_part: string }
  Timestamp: string
}

interface Tokens {
  AccessToken: string
  RefreshToken: string
}

/** @param at - where the pages are; `config.json` lies beside them. */
export async function signIn(at: string, address: string): Promise<string> {
  const { endpointUrl, userPoolClientId } = (await get(`${at}/config.json`)) as Record<string, string>
  const ask = (operation: string, body: object) =>
    cognito(endpointUrl ?? at, operation, { ClientId: userPoolClientId, ...body })

  await ask('SignUp', { Username: address, Password: `${crypto.randomUUID()}aA1!` })
  const before = (await letters(endpointUrl ?? at, address)).length
  const { Session } = await ask('InitiateAuth', {
    AuthFlow: 'CUSTOM_AUTH',
    AuthParameters: { USERNAME: address },
  })
  const code = await newCode(endpointUrl ?? at, address, before)
  const answer = await ask('RespondToAuthChallenge', {
    ChallengeName: 'CUSTOM_CHALLENGE',
    Session,
    ChallengeResponses: { USERNAME: address, ANSWER: code },
  })
  const { AccessToken, RefreshToken } = answer.AuthenticationResult as Tokens
  return JSON.stringify({ address, accessToken: AccessToken, refreshToken: RefreshToken })
}

async function newCode(endpoint: string, address: string, before: number): Promise<string> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline;) {
    const found = (await letters(endpoint, address)).slice(before).at(-1)
    const code = found && /\b\d{6}\b/.exec(found.Body.text_part)?.[0]
    if (code) return code
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`no code came to ${address}`)
}

async function letters(endpoint: string, address: string): Promise<Letter[]> {
  const { messages } = (await get(`${endpoint}/_aws/ses`)) as { messages: Letter[] }
  return messages.filter((letter) => letter.Destination.ToAddresses.includes(address))
}

async function get(url: string): Promise<unknown> {
  return (await fetch(url)).json()
}

async function cognito(endpoint: string, operation: string, body: object): Promise<Record<string, unknown>> {
  const headers = {
    'Content-Type': 'application/x-amz-json-1.1',
    'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
  }
  const answer = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(body) })
  return (await answer.json()) as Record<string, unknown>
}
