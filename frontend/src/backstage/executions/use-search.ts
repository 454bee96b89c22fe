/** The executions that somebody looks for, as long as they look. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { computed, shallowRef, watch, type Ref } from 'vue'

import type { Configuration } from '@/shared/configuration'

import { usePolling, type Polling } from '../cloud/polling'
import type { OrderRow } from '../orders/row'
import { allRows } from '../orders/rows'
import type { Execution, Executions } from './executions'
import { peopleAt } from './people'
import { failedFirst, isSearch, matchesRow, ofFailed, ofOrders, type Query } from './search'

const EVERY_MS = 5000
const SHOWN = 50

export interface Search {
  /** What was found; null while nobody searches, or before the first answer. */
  found: Readonly<Ref<Execution[] | null>>
  /** How many there are, of which the first are shown. */
  count: Readonly<Ref<number>>
  /** The rows of those orders. */
  rows: Readonly<Ref<ReadonlyMap<string, OrderRow>>>
  polling: Polling
}

export function useSearch(
  query: Readonly<Ref<Query>>,
  executions: Executions,
  dynamo: DynamoDBClient,
  configuration: Configuration,
): Search {
  const found = shallowRef<Execution[] | null>(null)
  const count = shallowRef(0)
  const rows = shallowRef<ReadonlyMap<string, OrderRow>>(new Map())
  const refused = shallowRef<Query | null>(null)

  async function search(): Promise<void> {
    const asked = query.value
    if (!isSearch(asked)) return
    const [every, failed, userIds] = await Promise.all([
      allRows(dynamo),
      executions.failed(),
      peopleAt(configuration, asked.text),
    ])
    const byId = new Map(every.map((row) => [row.orderId, row]))
    const wanted = ofOrders(every.filter((row) => matchesRow(row, asked.text, userIds)))
    const all = failedFirst([...wanted, ...ofFailed(failed, byId, asked.text, userIds)], asked.group)
    const first = await Promise.all(all.slice(0, SHOWN).map(({ arn }) => executions.at(arn)))
    if (asked !== query.value) return
    found.value = first.filter((one) => one !== null)
    count.value = all.length
    rows.value = byId
  }

  async function searchOrTell(): Promise<void> {
    const asked = query.value
    try {
      await search()
    } catch (error) {
      refused.value = asked
      throw error
    }
  }

  const searching = usePolling(searchOrTell, () => (isSearch(query.value) ? EVERY_MS : null))
  /** Why one search failed is no problem of the next. */
  const problem = computed(() => (refused.value === query.value ? searching.problem.value : null))
  const polling = { ...searching, problem }
  watch(query, (asked) => {
    if (isSearch(asked)) polling.again()
    else found.value = null
  })
  return { found: computed(() => (isSearch(query.value) ? found.value : null)), count, rows, polling }
}
