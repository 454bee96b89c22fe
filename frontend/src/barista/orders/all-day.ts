/** What is to be made in all, for whoever makes three of a kind at once. Pure. */
import type { Order, OrderState } from '@/shared/api/contract'

export interface Kind {
  /** The drink and its options, as one writes it on a cup: `Flat White, Oat`. */
  name: string
  count: number
}

const TO_MAKE: ReadonlySet<OrderState> = new Set(['SUBMITTED', 'IN_PRODUCTION'])

/** Every kind of drink that waits or is being made, the most wanted first. */
export function allDay(orders: Iterable<Order>): Kind[] {
  const counts = new Map<string, number>()
  for (const { orderState, drinkOrder } of orders) {
    if (!drinkOrder || !TO_MAKE.has(orderState)) continue
    const name = [drinkOrder.drink, ...drinkOrder.modifiers].join(', ')
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((one, other) => other.count - one.count || one.name.localeCompare(other.name))
}
