/** Who an access token says somebody is. Only for what a page shows: the API decides by the verified token. */
import { jwtDecode } from 'jwt-decode'

export interface Person {
  userId: string
  isBarista: boolean
  /** When the token ends, ms since 1970. */
  expiresTs: number
}

interface Claims {
  sub?: string
  exp?: number
  'cognito:groups'?: string[]
}

const BARISTAS = 'admin'

/** @throws InvalidTokenError (jwt-decode) if it is no token. */
export function personIn(accessToken: string): Person {
  const { sub = '', exp = 0, 'cognito:groups': groups = [] } = jwtDecode<Claims>(accessToken)
  return { userId: sub, isBarista: groups.includes(BARISTAS), expiresTs: exp * 1000 }
}
