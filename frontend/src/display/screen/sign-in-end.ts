/** When the screen's sign-in ends: renewed tokens carry it on, but not beyond the refresh token. Pure. */
import { jwtDecode } from 'jwt-decode'

const DAY_MS = 24 * 60 * 60_000
const REFRESH_TOKEN_MS = 30 * DAY_MS // deployer/desired.py; none of Cognito's answers tells
const WARN_MS = 3 * DAY_MS

/** When it ends, ms since 1970, if that is soon; else null. @param now - the bar's time, ms since 1970. */
export function endsSoon(accessToken: string, now: number): number | null {
  const { auth_time: signedIn } = jwtDecode<{ auth_time?: number }>(accessToken)
  if (signedIn === undefined) return null
  const end = signedIn * 1000 + REFRESH_TOKEN_MS
  return end - now < WARN_MS ? end : null
}
