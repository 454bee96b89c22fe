/** A DynamoDB table as it describes itself. Pure. */
import type { KeySchemaElement, TableDescription } from '@aws-sdk/client-dynamodb'

export interface Keys {
  /** An index's name; null for the table itself. */
  index: string | null
  /** Names of attributes, with their types: `orderId (S)`. */
  partition: string
  sort: string | null
}

/** The table's own keys first, then those of its indexes. */
export function keysOf(table: TableDescription): Keys[] {
  const types = new Map(
    table.AttributeDefinitions?.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]),
  )
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])]
  const schemas: [string | null, KeySchemaElement[]][] = [
    [null, table.KeySchema ?? []],
    ...indexes.map(({ IndexName = '', KeySchema = [] }): [string, KeySchemaElement[]] => [
      IndexName,
      KeySchema,
    ]),
  ]
  return schemas.map(([index, schema]) => {
    const named = (kind: string) => {
      const name = schema.find(({ KeyType }) => KeyType === kind)?.AttributeName
      return name ? `${name} (${types.get(name) ?? '?'})` : null
    }
    return { index, partition: named('HASH') ?? '', sort: named('RANGE') }
  })
}

/** Names of the attributes that rows have: keys first, the others as often as they are there. */
export function columnsOf(rows: readonly Record<string, unknown>[], table: TableDescription): string[] {
  const keys = table.KeySchema?.flatMap(({ AttributeName }) => AttributeName ?? []) ?? []
  const counts = new Map<string, number>()
  for (const name of rows.flatMap((row) => Object.keys(row))) counts.set(name, (counts.get(name) ?? 0) + 1)
  const others = [...counts.keys()].filter((name) => !keys.includes(name))
  return [
    ...keys,
    ...others.sort(
      (one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0) || one.localeCompare(other),
    ),
  ]
}

/** What tells a row from all others. */
export function keyOf(row: Readonly<Record<string, unknown>>, { KeySchema = [] }: TableDescription) {
  return Object.fromEntries(KeySchema.map(({ AttributeName = '' }) => [AttributeName, row[AttributeName]]))
}

/** What stands in a cell. */
export function cellOf(value: unknown): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return value
  return JSON.stringify(value instanceof Set ? [...value] : value)
}
