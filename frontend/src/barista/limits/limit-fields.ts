/** The limits as a form writes them: texts, of which only those that changed are sent. Pure. */
import type { AdminConfig, Limits } from '@/shared/api/contract'

export type Limit = keyof Limits

/** In the order in which they are shown. */
export const NUMBERS = [
  'drinksPerBarcode',
  'maxOrdersInQueue',
  'maxOrdersPerUser',
  'customerWaitSeconds',
  'baristaWaitSeconds',
] as const satisfies readonly Limit[]

export type LimitTexts = Record<Limit, string>

export function textsOf(config: AdminConfig): LimitTexts {
  const texts = { timeZone: config.timeZone } as LimitTexts
  for (const name of NUMBERS) texts[name] = config[name].toString()
  return texts
}

/** What is to be sent. A text that is no number becomes none (JSON's null), which the API refuses by name. */
export function changesIn(texts: LimitTexts, config: AdminConfig): Partial<Limits> {
  const before = textsOf(config)
  const numbers = NUMBERS.filter((name) => texts[name].trim() !== before[name])
  const changes: Partial<Limits> = Object.fromEntries(numbers.map((name) => [name, numberIn(texts[name])]))
  const timeZone = texts.timeZone.trim()
  return timeZone === before.timeZone ? changes : { ...changes, timeZone }
}

function numberIn(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text)
}
