/** All that the screens know of the customer's orders and of the shop, kept right by what the bar tells. */
import { inject, provide, shallowRef, type InjectionKey, type Ref } from 'vue'

import type { ShopConfig } from '@/shared/api/contract'
import { useBar, useEvents } from '@/shared/bar'
import { wentWell } from '@/shared/realtime/followers'
import type { Message } from '@/shared/realtime/messages'

import { createMyOrders, type MyOrders } from './my-orders'

export interface Customer {
  orders: MyOrders
  /** The shop as it is now; null until it was read. */
  shop: Readonly<Ref<ShopConfig | null>>
}

const customerKey: InjectionKey<Customer> = Symbol('customer')

/** Begins to follow the bar for whoever is signed in; for the one component around all screens. */
export function provideCustomer(): Customer {
  const { api, session } = useBar()
  const orders = createMyOrders(api)
  const shop = shallowRef<ShopConfig | null>(null)

  // What cannot be read now is read at the next catching up; only `orders.refresh` tells the person.
  const readShop = () => api.config().then((config) => (shop.value = config))

  function message({ type, detail: { orderId, userId } }: Message): Promise<unknown> | undefined {
    if (type === 'ConfigService.ConfigChanged') return readShop()
    return orderId && userId === session.person.value?.userId ? orders.read(orderId) : undefined
  }
  const catchUp = () => Promise.all([readShop(), wentWell(orders.refresh(), orders.problem)])
  useEvents({ message, catchUp })

  const customer = { orders, shop }
  provide(customerKey, customer)
  return customer
}

/** Only in the setup of a component within the screens. */
export function useCustomer(): Customer {
  const customer = inject(customerKey)
  if (!customer) throw new Error('useCustomer() needs a component around it that called provideCustomer()')
  return customer
}
