/** The shapes of what the bar's API answers. Times are ms since 1970. What is not known here is left alone. */
import * as v from 'valibot'

export const ORDER_STATES = [
  'CREATED',
  'SUBMITTED',
  'IN_PRODUCTION',
  'COMPLETED',
  'CANCELLED',
  'FAILED',
] as const
export type OrderState = (typeof ORDER_STATES)[number]

/** The states in which nothing can happen to an order any more. */
export const ENDED: ReadonlySet<OrderState> = new Set(['COMPLETED', 'CANCELLED', 'FAILED'])

export const DrinkOrder = v.object({ drink: v.string(), modifiers: v.array(v.string()), icon: v.string() })

export const Order = v.object({
  orderId: v.string(),
  eventId: v.string(),
  userId: v.string(),
  orderState: v.picklist(ORDER_STATES),
  drinkOrder: v.nullable(DrinkOrder),
  orderNumber: v.nullable(v.number()),
  baristaUserId: v.nullable(v.string()),
  reason: v.nullable(v.string()),
  createdTs: v.number(),
  updatedTs: v.number(),
})

export const OrderPage = v.object({ orders: v.array(Order), nextToken: v.nullable(v.string()) })

export const MenuItem = v.object({
  drink: v.string(),
  icon: v.string(),
  available: v.boolean(),
  modifiers: v.array(v.object({ Name: v.string(), Options: v.array(v.string()) })),
})

export const ShopConfig = v.object({
  eventId: v.string(),
  storeOpen: v.boolean(),
  menu: v.array(MenuItem),
  /** How long a customer may take to choose, in seconds. */
  waitSeconds: v.number(),
})

export const AdminConfig = v.object({
  ...ShopConfig.entries,
  drinksPerBarcode: v.number(),
  maxOrdersInQueue: v.number(),
  maxOrdersPerUser: v.number(),
  customerWaitSeconds: v.number(),
  baristaWaitSeconds: v.number(),
  timeZone: v.string(),
})

export const StoreState = v.object({ eventId: v.string(), storeOpen: v.boolean() })

export const Bucket = v.object({
  eventId: v.string(),
  code: v.string(),
  availableTokens: v.number(),
  startTs: v.number(),
  endTs: v.number(),
})

/** A place in the queue; seconds, null while nobody knows the pace. */
export const Queue = v.object({
  ahead: v.number(),
  secondsPerDrink: v.nullable(v.number()),
  barFull: v.boolean(),
  waitSeconds: v.nullable(v.number()),
})

/** Seconds; null where there was no order. */
const Spread = v.object({ orders: v.number(), p50: v.nullable(v.number()), p95: v.nullable(v.number()) })
const Counts = v.record(v.string(), v.number())

export const Insights = v.object({
  eventId: v.string(),
  day: v.string(),
  timeZone: v.string(),
  orders: v.number(),
  byState: Counts,
  byDrink: Counts,
  byModifier: Counts,
  byHour: v.array(v.object({ hour: v.number(), orders: v.number() })),
  waits: v.object({ queue: Spread, making: Spread, total: Spread }),
})

export type DrinkOrder = v.InferOutput<typeof DrinkOrder>
export type Order = v.InferOutput<typeof Order>
export type OrderPage = v.InferOutput<typeof OrderPage>
export type MenuItem = v.InferOutput<typeof MenuItem>
export type ShopConfig = v.InferOutput<typeof ShopConfig>
export type AdminConfig = v.InferOutput<typeof AdminConfig>
export type Bucket = v.InferOutput<typeof Bucket>
export type Queue = v.InferOutput<typeof Queue>
export type Insights = v.InferOutput<typeof Insights>

/** What a barista may change beside the menu; only what is given is changed. */
export type Limits = Pick<
  AdminConfig,
  | 'drinksPerBarcode'
  | 'maxOrdersInQueue'
  | 'maxOrdersPerUser'
  | 'customerWaitSeconds'
  | 'baristaWaitSeconds'
  | 'timeZone'
>

/** What a customer chooses: a drink of the menu and at most one option of each of its modifiers. */
export type Choice = Pick<DrinkOrder, 'drink' | 'modifiers'>
