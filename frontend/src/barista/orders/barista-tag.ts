/** A short name for a barista whom this page knows by id only. Pure. */

/**
 * Two characters, always the same ones for the same barista: `3F`. Enough to tell the few at one bar apart; it is no
 * secret and no key.
 */
export function tagOf(baristaUserId: string): string {
  let sum = 0
  for (const character of baristaUserId) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521
  return (sum % 256).toString(16).toUpperCase().padStart(2, '0')
}
