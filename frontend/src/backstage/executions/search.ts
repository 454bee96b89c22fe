/** Which executions somebody looks for: by order, number, person, state. What went wrong comes first. Pure. */
import type { OrderRow } from '../orders/row'
import type { Execution } from './executions'
import { GROUPS, STANDINGS, standingOf, standingOfOrder, type Group } from './standing'

export interface Query {
  /** An order's number, or a part of its id, of its person's, of its drink or of its state; empty: any. */
  text: string
  group: Group | null
}

/** What was found, before its execution was asked about. */
export interface Found {
  arn: string
  group: Group
  ts: number
}

export function isSearch({ text, group }: Query): boolean {
  return text.trim() !== '' || group !== null
}

/**
 * @param userIds - those whose address begins with the text.
 */
export function matchesRow(row: OrderRow, text: string, userIds: ReadonlySet<string>): boolean {
  const wanted = text.trim().toLowerCase().replace(/^#/, '')
  const persons = [row.userId, row.baristaUserId].filter((id) => id !== undefined)
  if (/^\d{1,5}$/.test(wanted)) return row.orderNumber?.toString() === wanted
  return persons.some((id) => userIds.has(id)) || textOf(row, persons).includes(wanted)
}

function textOf(row: OrderRow, persons: readonly string[]): string {
  const drink = row.drinkOrder ? [row.drinkOrder.drink, ...row.drinkOrder.modifiers] : []
  return [row.orderId, row.orderState, row.reason ?? '', ...persons, ...drink].join('\n').toLowerCase()
}

/** The executions of these orders. */
export function ofOrders(rows: readonly OrderRow[]): Found[] {
  return rows.flatMap((row) => {
    const { executionArn: arn, createdTs: ts } = row
    return arn ? [{ arn, ts, group: STANDINGS[standingOfOrder(row)].group }] : []
  })
}

/** Executions that failed, also those that are about no order that anybody knows. */
export function ofFailed(
  failed: readonly Execution[],
  rows: ReadonlyMap<string, OrderRow>,
  text: string,
  userIds: ReadonlySet<string>,
): Found[] {
  return failed.flatMap((execution) => {
    const { arn, startedTs: ts, orderId } = execution
    const row = rows.get(orderId ?? '') ?? null
    if (!(row && matchesRow(row, text, userIds)) && !arn.toLowerCase().includes(text.trim().toLowerCase()))
      return []
    const standing = standingOf(execution, row)
    return [{ arn, ts, group: standing === null ? 'broken' : STANDINGS[standing].group }]
  })
}

/** Each once, of the group that is wanted: what went wrong first, and of the same kind the newest first. */
export function failedFirst(found: readonly Found[], group: Group | null): Found[] {
  const each = [...new Map(found.map((one) => [one.arn, one])).values()]
  return each
    .filter((one) => group === null || one.group === group)
    .sort((one, other) => GROUPS.indexOf(one.group) - GROUPS.indexOf(other.group) || other.ts - one.ts)
}
