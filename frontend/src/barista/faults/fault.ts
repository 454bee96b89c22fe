/** What is wrong with something that a barista wrote, and at which field, out of the API's words. Pure. */
import type { Problem } from '@/shared/api/problems'

/** A field's place in what was sent: `['menu', 0, 'modifiers', 1, 'Name']`. */
export type Path = readonly (string | number)[]

export interface Fault {
  path: Path
  /** What kind of fault it is, where that is known. */
  kind: FaultKind
  /** What the API said of it, in English. */
  message: string
}

/** The API's words (fastjsonschema's, `chalicelib/shop/model.py`'s and `chalicelib/texts.py`'s) for each kind; `barista.faults.<kind>` is ours. */
const SAID = {
  name: /must match pattern/,
  unseen: /^holds .* \(U\+[0-9A-F]+\)$/,
  twice: / twice$/,
  tooFew: /must contain at least/,
  tooMany: /must contain less than/,
  whole: /must be integer/,
  tooSmall: /must be bigger/,
  tooLarge: /must be smaller/,
  timeZone: /is not a time zone/,
} as const

export type FaultKind = keyof typeof SAID | 'other'
export const FAULT_KINDS = [...(Object.keys(SAID) as (keyof typeof SAID)[]), 'other'] as const

const PLACE = /^body(?<path>[\w.[\]]*) (?<rest>.*)$/s

/** The fault in what was sent; null for a problem of another kind. */
export function faultIn({ status, message }: Problem): Fault | null {
  if (status !== 400) return null
  const { path = '', rest = message } = PLACE.exec(message)?.groups ?? {}
  const kind = FAULT_KINDS.find((one) => one !== 'other' && SAID[one].test(rest)) ?? 'other'
  return { path: stepsOf(path), kind, message: rest }
}

function stepsOf(path: string): Path {
  return [...path.matchAll(/(\w+)/g)].map(([step]) => (/^\d+$/.test(step) ? Number(step) : step))
}

/** Whether a fault at `place` is to be shown at the field or group `path`. */
export function isAt(fault: Fault | null, path: Path): boolean {
  return fault !== null && idOf(fault.path) === idOf(path)
}

/** The id of the field in the page. */
export function idOf(path: Path): string {
  return path.join('-')
}

/** The id of what says what is wrong with it. */
export function faultIdOf(path: Path): string {
  return `${idOf(path)}-fault`
}
