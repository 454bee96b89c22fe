/** Which rules of the bus an event matches. */
import type { BusRule, BusRules } from '../events/bus-rules'

/** @param envelope - the event as it was on the bus. */
export async function matchedRules(rules: BusRules, envelope: Record<string, unknown>): Promise<BusRule[]> {
  const all = await rules.all()
  const matches = await Promise.all(all.map((rule) => rules.matches(rule, envelope)))
  return all.filter((_, nth) => matches[nth])
}
