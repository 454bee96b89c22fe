/** All that the screens know of the shop and its orders, kept right by what the bar tells. */
import { inject, provide, type InjectionKey, type Ref } from 'vue'

import { useBar, useEvents } from '@/shared/bar'
import { useTime } from '@/shared/clock'
import { wentWell } from '@/shared/realtime/followers'

import { createBoard, type Board } from './orders/board'
import { changedOrder, isAboutShop } from './orders/news'
import { createUndos, type Undos } from './orders/undos'
import { createShop, type Shop } from './shop/shop'

export interface Barista {
  /** The barista's own id. */
  me: string
  board: Board
  shop: Shop
  undos: Undos
  /** The bar's time, ms since 1970; it ticks each second for all cards together. */
  time: Readonly<Ref<number>>
}

const baristaKey: InjectionKey<Barista> = Symbol('barista')

/** Begins to follow the bar for whoever is signed in; for the one component around all screens. */
export function provideBarista(): Barista {
  const { api, session, clock } = useBar()
  const me = session.person.value?.userId ?? ''
  const shop = createShop(api)
  const board = createBoard({ api, me, now: clock.now, longestLife: shop.longestLife })
  const readShop = () => wentWell(shop.refresh(), shop.problem)

  useEvents({
    message(message) {
      const orderId = changedOrder(message)
      if (orderId) return board.read(orderId)
      return isAboutShop(message) ? readShop() : undefined
    },
    catchUp: () => Promise.all([readShop(), wentWell(board.refresh(), board.problem)]),
  })

  const barista = { me, board, shop, undos: createUndos(clock.now), time: useTime(clock) }
  provide(baristaKey, barista)
  return barista
}

/** Only in the setup of a component within the screens. */
export function useBarista(): Barista {
  const barista = inject(baristaKey)
  if (!barista) throw new Error('useBarista() needs a component around it that called provideBarista()')
  return barista
}
