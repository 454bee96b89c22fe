// @vitest-environment node
import type { TableDescription } from '@aws-sdk/client-dynamodb'
import { expect, it } from 'vitest'

import { asDuration } from '@/backstage/frame/durations'
import { shortened } from '@/backstage/frame/named'
import { cellOf, columnsOf, keysOf } from '@/backstage/tables/table'

const table: TableDescription = {
  AttributeDefinitions: [
    { AttributeName: 'orderId', AttributeType: 'S' },
    { AttributeName: 'shopState', AttributeType: 'S' },
    { AttributeName: 'placed', AttributeType: 'N' },
  ],
  KeySchema: [{ AttributeName: 'orderId', KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-state',
      KeySchema: [
        { AttributeName: 'shopState', KeyType: 'HASH' },
        { AttributeName: 'placed', KeyType: 'RANGE' },
      ],
    },
  ],
}

it('a table tells its keys and those of its indexes, with their types', () => {
  expect(keysOf(table)).toEqual([
    { index: null, partition: 'orderId (S)', sort: null },
    { index: 'by-state', partition: 'shopState (S)', sort: 'placed (N)' },
  ])
})

it('columns begin with the keys; what more rows have comes first', () => {
  expect(
    columnsOf(
      [
        { reason: 'r', state: 's', orderId: '1' },
        { state: 's', orderId: '2' },
      ],
      table,
    ),
  ).toEqual(['orderId', 'state', 'reason'])
})

it.each([
  [undefined, ''],
  ['text', 'text'],
  [9, '9'],
  [{ drink: 'Latte' }, '{"drink":"Latte"}'],
  [new Set(['a', 'b']), '["a","b"]'],
])('a cell shows %j as %s', (value, shown) => expect(cellOf(value)).toBe(shown))

it.each([
  [-5, '0 ms'],
  [340.4, '340 ms'],
  [1517, '1.5 s'],
  [12_400, '12 s'],
  [59_700, '1 min'],
  [125_000, '2 min 5 s'],
  [3_780_000, '1 h 3 min'],
])('%d ms are %s', (ms, shown) => expect(asDuration(ms)).toBe(shown))

it('names are shown without what all of them begin with', () => {
  expect(shortened(['bar-local', 'bar-local-sweep'], 'bar-local-', 'HTTP API')).toEqual([
    { name: 'bar-local', label: 'HTTP API' },
    { name: 'bar-local-sweep', label: 'sweep' },
  ])
})
