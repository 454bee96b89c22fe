/**
 * The orders on the board: what readings and messages say of them. Pure; no user's id comes here.
 *
 * A reading says what is true. But it comes from an index that may lag behind, so what was heard while it ran or just
 * before counts more.
 */
import * as v from 'valibot'

import type { Order, OrderState } from '@/shared/api/contract'
import { READY_FOR_MS } from '@/shared/ready-for'
import type { Message } from '@/shared/realtime/messages'

/** `gone`: ended without a drink; kept until a reading knows it as well. */
export type Stage = 'queued' | 'making' | 'ready' | 'gone'

export interface Entry {
  orderId: string
  /** Null until the workflow gave it one. */
  orderNumber: number | null
  /** What it is called; null while nobody chose it. */
  drink: string | null
  stage: Stage
  /** When it came to that, ms since 1970. */
  at: number
  /** When the display heard of it, by `sinceStart`; null of what it read. */
  heardAt: number | null
}

export type Board = ReadonlyMap<string, Entry>

const STAGES: Partial<Record<OrderState, Stage>> = {
  SUBMITTED: 'queued',
  IN_PRODUCTION: 'making',
  COMPLETED: 'ready',
}

type Detail = Message['detail']

const RECALLED = 'OrderManager.OrderRecalled'

/** Of an order that is recalled while it is made, the workflow says again that it waits for a barista. */
const STAGE_OF = new Map<string, (detail: Detail, known?: Stage) => Stage>([
  ['OrderProcessor.WaitingCompletion', (_, known) => known ?? 'queued'],
  [
    'OrderManager.WaitingCompletion',
    ({ orderState }) => (orderState === 'IN_PRODUCTION' ? 'making' : 'queued'),
  ],
  [RECALLED, () => 'making'],
  ['OrderManager.MakeOrder', ({ baristaUserId }) => (baristaUserId ? 'making' : 'queued')],
  ['OrderManager.OrderCompleted', () => 'ready'],
  ['OrderManager.OrderCancelled', () => 'gone'],
  ['OrderManager.OrderFailed', () => 'gone'],
  ['OrderProcessor.OrderTimeOut', () => 'gone'],
])

/** The board after a reading. @param since - what was heard later is newer than the reading, by `sinceStart`. */
export function afterReading(board: Board, orders: readonly Order[], since: number): Board {
  const read = orders.flatMap(toEntry).sort((one, other) => one.at - other.at)
  const heard = [...board.values()].filter(({ heardAt }) => heardAt !== null && heardAt >= since)
  return new Map([...read, ...heard].map((entry) => [entry.orderId, entry]))
}

function toEntry({ orderId, orderNumber, orderState, drinkOrder, updatedTs }: Order): Entry[] {
  const stage = STAGES[orderState]
  const drink = drinkOrder?.drink ?? null
  return stage ? [{ orderId, orderNumber, drink, stage, at: updatedTs, heardAt: null }] : []
}

/** The board after a message; the same board if it tells nothing new. @param heardAt - by `sinceStart`. */
export function afterMessage(board: Board, { type, detail }: Message, heardAt: number): Board {
  const { orderId, at } = detail
  if (!orderId || typeof at !== 'number') return board
  const known = board.get(orderId)
  const stage = STAGE_OF.get(type)?.(detail, known?.stage)
  if (!stage || (known && (at < known.at || (isLast(known) && type !== RECALLED)))) return board
  return new Map(board).set(orderId, { orderId, ...namesIn(detail, known), stage, at, heardAt })
}

/** Number and drink, as told or as known before. */
function namesIn({ orderNumber, drinkOrder }: Detail, known?: Entry): Pick<Entry, 'orderNumber' | 'drink'> {
  const told = v.safeParse(v.object({ drink: v.string() }), drinkOrder)
  return {
    orderNumber: typeof orderNumber === 'number' ? orderNumber : (known?.orderNumber ?? null),
    drink: told.success ? told.output.drink : (known?.drink ?? null),
  }
}

function isLast({ stage }: Entry): boolean {
  return stage === 'ready' || stage === 'gone'
}

/** An order as the board shows it. */
export interface Shown extends Entry {
  orderNumber: number
}

/** Lowest number first. */
export function preparing(board: Board): Shown[] {
  return shown(board)
    .filter(({ stage }) => stage === 'queued' || stage === 'making')
    .sort((one, other) => one.orderNumber - other.orderNumber)
}

/** Those of the last minutes, latest first. @param now - the bar's time, ms since 1970. */
export function ready(board: Board, now: number): Shown[] {
  return shown(board)
    .filter(({ stage, at }) => stage === 'ready' && now - at < READY_FOR_MS)
    .sort((one, other) => other.at - one.at)
}

function shown(board: Board): Shown[] {
  return [...board.values()].flatMap((entry) =>
    entry.orderNumber === null ? [] : [{ ...entry, orderNumber: entry.orderNumber }],
  )
}
