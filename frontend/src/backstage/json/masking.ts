/** Hides what would let a spectator act for somebody: task tokens, and the codes of the bar. */

const MASK = '••••••••'
const SECRET = /token$|^digest$/i

/** Values under names that only in this table are secret. */
const SECRET_IN_TABLE: Readonly<Record<string, readonly string[]>> = { 'serverlesspresso-qr-codes': ['code'] }

export function secretsOf(table: string): readonly string[] {
  return SECRET_IN_TABLE[table] ?? []
}

/**
 * A copy of what JSON can hold, with secret texts masked, also inside of texts that are JSON themselves.
 *
 * @param secrets - names of values that are secret here besides those that always are.
 */
export function masked(value: unknown, secrets: readonly string[] = []): unknown {
  if (typeof value === 'string') return maskedText(value, secrets)
  if (Array.isArray(value)) return value.map((item) => masked(item, secrets))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      isSecret(name, secrets) && typeof inner === 'string' ? MASK : masked(inner, secrets),
    ]),
  )
}

function isSecret(name: string, secrets: readonly string[]): boolean {
  return SECRET.test(name) || secrets.includes(name)
}

function maskedText(text: string, secrets: readonly string[]): string {
  const inner = parsed(text)
  return inner === undefined ? text : JSON.stringify(masked(inner, secrets))
}

/** What a text that is a JSON object or list says; undefined for any other text. */
export function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
