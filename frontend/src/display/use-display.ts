/** All that the display shows, kept right for days: by messages at once, and by reading whenever one may be missing. */
import { useDebounceFn, useIntervalFn } from '@vueuse/core'
import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'

import type { AdminConfig } from '@/shared/api/contract'
import { useBar, useEvents } from '@/shared/bar'
import type { Message } from '@/shared/realtime/messages'

import { useCode, type Code } from './code/use-code'
import { LAG_MS, useBoard, type Orders } from './orders/use-board'
import { createContact, type Contact } from './reading/contact'
import { createReading } from './reading/reading'
import { waitMinutes } from './wait'

export interface Display {
  code: Code
  orders: Orders
  /** Taken for open until it is known. */
  isOpen: ComputedRef<boolean>
  /** How long a drink takes, minutes; null while nobody knows. */
  wait: Readonly<Ref<number | null>>
  contact: Contact
}

const ALL_EVERY_MS = 2 * 60_000 // whatever was missed without anybody's notice

export function useDisplay(): Display {
  const { api } = useBar()
  const contact = createContact()
  const code = useCode(contact)
  const config = shallowRef<AdminConfig | null>(null)
  const orders = useBoard(contact, code.now, () => longestWait(config.value))
  const wait = ref<number | null>(null)

  const shop = createReading(async () => void (config.value = await api.adminConfig()), contact)
  const insights = createReading(async () => void (wait.value = waitMinutes(await api.insights())), contact)
  const all = [code, orders, shop, insights]
  const readAll = () => all.forEach((one) => one.again())
  const readSoon = useDebounceFn(() => [code, orders].forEach((one) => one.again()), LAG_MS, {
    maxWait: 3000,
  })

  function message(told: Message): void {
    contact.heard()
    code.hear(told)
    orders.hear(told)
    void readSoon()
    if (told.type === 'ConfigService.ConfigChanged') shop.again()
    if (told.type === 'OrderManager.DrinkAverageTime') insights.again()
  }

  useEvents({ message, catchUp: readAll })
  useIntervalFn(readAll, ALL_EVERY_MS)
  return { code, orders, isOpen: computed(() => config.value?.storeOpen ?? true), wait, contact }
}

function longestWait(config: AdminConfig | null): number {
  return config ? (config.customerWaitSeconds + config.baristaWaitSeconds) * 1000 : Infinity
}
