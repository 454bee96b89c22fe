/** The orders at the bar as the bar last told them. Nothing is remembered over a reload: the bar is asked again. */
import { readonly, ref, shallowRef, type Ref } from 'vue'

import type { Api } from '@/shared/api/api'
import type { Order } from '@/shared/api/contract'
import { problemOf, type Problem } from '@/shared/api/problems'
import { withLater, type Orders } from '@/shared/latest-orders'
import { oneAtATime } from '@/shared/one-at-a-time'

import { PICK_UP_MS } from './columns'
import { missingIn, withoutOld } from './known-orders'
import { readAll, readCompleted } from './order-lists'
import { withSubmissions, type Submissions } from './submissions'

export interface Ledger {
  known: Readonly<Ref<Orders>>
  /** Since when they wait for a barista, where that was seen. */
  submissions: Readonly<Ref<Submissions>>
  /** Whether the orders that wait and that are being made were ever read. */
  isRead: Readonly<Ref<boolean>>
  /** Why the last reading of all failed; null after one that went well. */
  problem: Readonly<Ref<Problem | null>>
  /** Reads all that is at the bar anew; says in `problem` when it cannot. */
  refresh: () => Promise<void>
  /** Reads one order anew. Throws a `Problem`. */
  read: (orderId: string) => Promise<void>
  /** Takes orders as an action answered them. */
  keep: (orders: readonly Order[]) => void
}

export interface LedgerOptions {
  api: Pick<Api, 'order' | 'orders'>
  /** The bar's time, ms since 1970. */
  now: () => number
  /** How long an order can be on its way, ms. */
  longestLife: () => number
}

export function createLedger({ api, now, longestLife }: LedgerOptions): Ledger {
  const known = shallowRef<Orders>(new Map())
  const submissions = shallowRef<Submissions>(new Map())
  const isRead = ref(false)
  const problem = shallowRef<Problem | null>(null)
  const bookmark = { value: null }
  const read = oneAtATime(async (orderId: string) => keep([await api.order(orderId)]))

  function keep(orders: readonly Order[]): void {
    known.value = withoutOld(withLater(known.value, orders), now() - PICK_UP_MS)
    submissions.value = withSubmissions(submissions.value, known.value)
  }

  async function readLists(): Promise<void> {
    const live = (await Promise.all([readAll(api, 'SUBMITTED'), readAll(api, 'IN_PRODUCTION')])).flat()
    const missing = missingIn(live, known.value)
    keep(live)
    isRead.value = true
    await Promise.all(missing.map(read))
    keep(await readCompleted(api, now() - PICK_UP_MS - longestLife(), bookmark))
  }

  const refresh = oneAtATime(async () => {
    try {
      await readLists()
      problem.value = null
    } catch (error) {
      problem.value = await problemOf(error)
    }
  })

  return {
    known,
    submissions,
    isRead: readonly(isRead),
    problem: readonly(problem),
    refresh,
    read,
    keep,
  }
}
