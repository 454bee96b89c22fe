/**
 * The orders at the bar as a barista sees them: what the bar last told, and over it this barista's moves that the bar has
 * not answered yet. A move shows at once, and is gone again when the bar says no.
 */
import { computed, shallowReactive, type ComputedRef } from 'vue'

import type { Api } from '@/shared/api/api'
import type { Order } from '@/shared/api/contract'
import { problemOf, type Problem } from '@/shared/api/problems'

import type { Orders } from '@/shared/latest-orders'
import { createLedger, type Ledger, type LedgerOptions } from './ledger'
import { moved, type Move } from './moves'

export interface Board extends Omit<Ledger, 'keep'> {
  /** What is known, with the moves that are under way. */
  shown: ComputedRef<Orders>
  isMoving: (orderId: string) => boolean
  /** Moves the order. Gives why the bar said no, when it is back where it belongs; null if all went well. */
  move: (order: Order, move: Move) => Promise<Problem | null>
}

export interface BoardOptions extends LedgerOptions {
  api: Pick<Api, 'order' | 'orders' | Move>
  /** The barista's own id. */
  me: string
}

export function createBoard(options: BoardOptions): Board {
  const { api, me, now } = options
  const { keep, ...ledger } = createLedger(options)
  const moves = shallowReactive(new Map<string, Move>())

  async function move({ orderId }: Order, wanted: Move): Promise<Problem | null> {
    if (moves.has(orderId)) return null
    moves.set(orderId, wanted)
    try {
      keep([await api[wanted](orderId)])
      return null
    } catch (error) {
      const problem = await problemOf(error)
      // It may be somewhere else by now, also where no answer came: but then the reading may take long.
      const reading = ledger.read(orderId).catch(() => undefined)
      if (problem.status) await reading
      return problem
    } finally {
      moves.delete(orderId)
    }
  }

  return {
    ...ledger,
    shown: computed(() => withMoves(ledger.known.value, moves, me, now())),
    isMoving: (orderId) => moves.has(orderId),
    move,
  }
}

function withMoves(known: Orders, moves: ReadonlyMap<string, Move>, me: string, now: number): Orders {
  const shown = new Map(known)
  for (const [orderId, move] of moves) {
    const order = shown.get(orderId)
    if (order) shown.set(orderId, moved(order, move, me, now))
  }
  return shown
}
