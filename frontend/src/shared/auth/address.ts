/** What people sign in with: an e-mail address, or a phone number as Cognito wants it (E.164). */
import * as v from 'valibot'

export type AddressKind = 'email' | 'phone'

const Email = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.email())
const Phone = v.pipe(
  v.string(),
  v.transform((text) => text.replaceAll(/[\s().\-/]/g, '').replace(/^00/, '+')),
  v.regex(/^\+[1-9]\d{6,14}$/),
)

/** The address as Cognito knows it; null if what was typed is none. */
export function parseAddress(kind: AddressKind, typed: string): string | null {
  const parsed = v.safeParse(kind === 'email' ? Email : Phone, typed)
  return parsed.success ? parsed.output : null
}
