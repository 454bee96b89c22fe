/** The shop as its baristas see it: open or closed, its menu and its limits. */
import { readonly, shallowRef, type Ref } from 'vue'

import type { Api } from '@/shared/api/api'
import type { AdminConfig } from '@/shared/api/contract'
import { problemOf, type Problem } from '@/shared/api/problems'

export interface Shop {
  /** Null before it was read. */
  config: Readonly<Ref<AdminConfig | null>>
  /** Why the last reading failed; null after one that went well. */
  problem: Readonly<Ref<Problem | null>>
  /** Reads it anew; says in `problem` when it cannot. */
  refresh: () => Promise<void>
  /** Takes it as an action answered it, or the part that changed. */
  take: (change: Partial<AdminConfig>) => void
  /** Says on the menu whether there is any of the drink. Throws a `Problem`. */
  setAvailable: (drink: string, available: boolean) => Promise<void>
  /** How long the bar waits for a barista, ms. */
  patience: () => number
  /** How long an order can be on its way, ms. */
  longestLife: () => number
}

/** Until the shop was read: the seeded one's, in seconds. */
const USUAL = { customerWaitSeconds: 300, baristaWaitSeconds: 900 }

export function createShop(api: Pick<Api, 'adminConfig' | 'setMenu'>): Shop {
  const config = shallowRef<AdminConfig | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const waits = () => config.value ?? USUAL
  return {
    config,
    problem: readonly(problem),
    async refresh() {
      try {
        config.value = await api.adminConfig()
        problem.value = null
      } catch (error) {
        problem.value = await problemOf(error)
      }
    },
    take: (change) => (config.value = config.value && { ...config.value, ...change }),
    async setAvailable(drink, available) {
      const { menu } = await api.adminConfig() // as it is now: another barista may have changed it
      config.value = await api.setMenu(
        menu.map((item) => (item.drink === drink ? { ...item, available } : item)),
      )
    },
    patience: () => waits().baristaWaitSeconds * 1000,
    longestLife: () => (waits().customerWaitSeconds + waits().baristaWaitSeconds) * 1000,
  }
}
