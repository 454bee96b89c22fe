/** All that the display shows, kept right for days: by messages at once, and by reading whenever one may be missing. */
import { useDebounceFn, useIntervalFn } from '@vueuse/core'
import { computed, shallowRef, type ComputedRef, type Ref } from 'vue'

import type { AdminConfig, Queue } from '@/shared/api/contract'
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
  /** Whether nobody else can order now. */
  isFull: ComputedRef<boolean>
  /** How long a drink takes that is ordered now, minutes; null while nobody knows. */
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
  const queue = shallowRef<Queue | null>(null)

  const shop = createReading(async () => void (config.value = await api.adminConfig()), contact)
  const line = createReading(async () => void (queue.value = await api.queue()), contact)
  const all = [code, orders, shop, line]
  const readAll = () => all.forEach((one) => one.again())
  const readSoon = useDebounceFn(() => [code, orders, line].forEach((one) => one.again()), LAG_MS, {
    maxWait: 3000,
  })

  function message(told: Message): void {
    contact.heard()
    code.hear(told)
    orders.hear(told)
    void readSoon()
    if (told.type === 'ConfigService.ConfigChanged') shop.again()
  }

  useEvents({ message, catchUp: readAll })
  useIntervalFn(readAll, ALL_EVERY_MS)
  return {
    code,
    orders,
    isOpen: computed(() => config.value?.storeOpen ?? true),
    isFull: computed(() => queue.value?.barFull ?? false),
    wait: computed(() => queue.value && waitMinutes(queue.value)),
    contact,
  }
}

function longestWait(config: AdminConfig | null): number {
  return config ? (config.customerWaitSeconds + config.baristaWaitSeconds) * 1000 : Infinity
}
