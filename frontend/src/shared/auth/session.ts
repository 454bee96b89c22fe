/** Who is signed in on this page, over reloads and in all its tabs. Each page has a session of its own. */
import { useLocalStorage } from '@vueuse/core'
import * as v from 'valibot'
import { computed, type ComputedRef } from 'vue'

import type { TokenSource } from '../api/http'
import { Problem } from '../api/problems'
import type { Clock } from '../clock'
import type { Challenge, Cognito, Tokens } from './cognito'
import { personIn, type Person } from './person'

export interface SignedIn extends Person {
  /** The e-mail address or phone number that was typed. */
  address: string
}

export interface Session extends TokenSource {
  /** Who is signed in; null if nobody is. */
  person: ComputedRef<SignedIn | null>
  /** Has a code sent to the address, which need not be known yet. */
  begin: (address: string) => Promise<Challenge>
  /** Answers with the code. A new challenge means that it was wrong and may be tried again. */
  answer: (challenge: Challenge, code: string) => Promise<Challenge | null>
  signOut: () => Promise<void>
}

const RENEW_BEFORE_END_MS = 60_000

const Stored = v.object({ address: v.string(), accessToken: v.string(), refreshToken: v.string() })
type Stored = v.InferOutput<typeof Stored>

/** @param page - the page's name; its session is kept under it. */
export function createSession(page: string, cognito: Cognito, clock: Clock): Session {
  const stored = useLocalStorage<Stored | null>(`serverlesspresso.${page}.session`, null, { serializer })
  const person = computed(() => stored.value && personOf(stored.value))
  let renewing: Promise<void> | null = null

  async function refresh(): Promise<void> {
    const held = stored.value
    if (!held) throw new Problem(401, 'SignedOut', 'nobody is signed in')
    try {
      stored.value = { address: held.address, ...(await cognito.refresh(held)) }
    } catch (error) {
      if (error instanceof Problem && error.code === 'SignedOut') stored.value = null
      throw error
    }
  }

  /** Many requests that find the token old renew it once. */
  function renew(): Promise<void> {
    renewing ??= refresh().finally(() => (renewing = null))
    return renewing
  }

  return {
    person,
    renew,
    async token() {
      if (person.value && person.value.expiresTs - clock.now() < RENEW_BEFORE_END_MS) await renew()
      return stored.value?.accessToken ?? null
    },
    async begin(address) {
      await cognito.signUp(address)
      return cognito.askForCode(address)
    },
    async answer(challenge, code) {
      const answer = await cognito.answer(challenge, code)
      if ('session' in answer) return answer
      stored.value = { address: challenge.address, ...answer }
      return null
    },
    async signOut() {
      const held: Tokens | null = stored.value
      stored.value = null
      // Signed out here whatever happens there; the tokens die by themselves if nobody can be told.
      if (held) await cognito.revoke(held).catch(() => undefined)
    },
  }
}

function personOf({ address, accessToken }: Stored): SignedIn {
  return { address, ...personIn(accessToken) }
}

/** What cannot be read is nobody's session: somebody changed it, or an older version of the page wrote it. */
const serializer = {
  read(text: string): Stored | null {
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Stored), text)
    return parsed.success && isToken(parsed.output.accessToken) ? parsed.output : null
  },
  write: (value: Stored | null) => JSON.stringify(value),
}

function isToken(text: string): boolean {
  try {
    return personIn(text).userId !== ''
  } catch {
    return false
  }
}
