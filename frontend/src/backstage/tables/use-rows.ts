/** The rows of a table, page by page. The page that is shown is read again and again. */
import { ScanCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { computed, shallowRef, type ComputedRef, type Ref } from 'vue'

import { usePolling, type Polling } from '../cloud/polling'

export type Row = Record<string, unknown>
type Start = Record<string, AttributeValue>

const PAGE_SIZE = 25
const EVERY_MS = 3000

export interface Rows {
  rows: Readonly<Ref<Row[]>>
  /** From 1 on. */
  page: ComputedRef<number>
  hasNext: ComputedRef<boolean>
  next: () => void
  previous: () => void
  polling: Polling
}

export function useRows(dynamo: DynamoDBClient, TableName: string): Rows {
  const rows = shallowRef<Row[]>([])
  const starts = shallowRef<(Start | undefined)[]>([undefined]) // where each page begins, up to the one that is shown
  const following = shallowRef<Start>()

  const polling = usePolling(async () => {
    const start = starts.value.at(-1)
    const page = await dynamo.send(
      new ScanCommand({ TableName, Limit: PAGE_SIZE, ...(start && { ExclusiveStartKey: start }) }),
    )
    if (start !== starts.value.at(-1)) return
    rows.value = (page.Items ?? []).map((item) => unmarshall(item))
    following.value = page.LastEvaluatedKey
  }, EVERY_MS)

  function turnTo(pages: (Start | undefined)[]): void {
    starts.value = pages
    polling.again()
  }

  return {
    rows,
    page: computed(() => starts.value.length),
    hasNext: computed(() => following.value !== undefined),
    next: () => turnTo([...starts.value, following.value]),
    previous: () => turnTo(starts.value.slice(0, Math.max(1, starts.value.length - 1))),
    polling,
  }
}
