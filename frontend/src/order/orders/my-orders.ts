/**
 * The customer's orders as the bar last told them. Nothing here is remembered over a reload: the bar is asked again.
 *
 * Readings may come out of order; of two about the same order the later one counts.
 */
import { computed, readonly, ref, shallowRef, type ComputedRef, type Ref } from 'vue'

import type { Api } from '@/shared/api/api'
import type { Order } from '@/shared/api/contract'
import { problemOf, type Problem } from '@/shared/api/problems'
import { withLater, type Orders } from '@/shared/latest-orders'

import { isLive, newestFirst } from './order-rules'

export interface MyOrders {
  known: Readonly<Ref<Orders>>
  /** Newest first; null before the first answer. */
  list: ComputedRef<Order[] | null>
  live: ComputedRef<Order[]>
  /** Why the last reading of all failed; null after one that went well. */
  problem: Readonly<Ref<Problem | null>>
  /** Whether the bar has older ones. */
  hasOlder: ComputedRef<boolean>
  /** Reads the newest orders anew; says in `problem` when it cannot. */
  refresh: () => Promise<void>
  /** Reads one order. Throws a `Problem`. */
  read: (orderId: string) => Promise<void>
  /** Reads the next older ones. Throws a `Problem`. */
  readOlder: () => Promise<void>
  /** Takes an order as an action answered it. */
  keep: (...orders: Order[]) => void
}

const PAGE = 20

export function createMyOrders(api: Pick<Api, 'order' | 'myOrders'>): MyOrders {
  const known = shallowRef<Orders>(new Map())
  const problem = shallowRef<Problem | null>(null)
  const older = ref<string | null>()
  const live = computed(() => newestFirst(known.value.values()).filter(isLive))

  function keep(...orders: Order[]): void {
    known.value = withLater(known.value, orders)
  }

  async function read(orderId: string): Promise<void> {
    keep(await api.order(orderId))
  }

  async function readNewest(): Promise<void> {
    const page = await api.myOrders({ maxItems: PAGE })
    keep(...page.orders)
    if (older.value === undefined) older.value = page.nextToken
    // The list is read from an index, which may lag a moment behind; one order by its id never does.
    await Promise.all(live.value.map(({ orderId }) => read(orderId)))
  }

  return {
    known,
    list: computed(() => (older.value === undefined ? null : newestFirst(known.value.values()))),
    live,
    problem: readonly(problem),
    hasOlder: computed(() => Boolean(older.value)),
    async refresh() {
      try {
        await readNewest()
        problem.value = null
      } catch (error) {
        problem.value = await problemOf(error)
      }
    },
    read,
    async readOlder() {
      if (!older.value) return
      const page = await api.myOrders({ maxItems: PAGE, nextToken: older.value })
      keep(...page.orders)
      older.value = page.nextToken
    },
    keep,
  }
}
