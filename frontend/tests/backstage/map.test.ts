// @vitest-environment node
import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { targetOf } from '@/backstage/events/target'
import type { Definition } from '@/backstage/executions/definition'
import { reachedBy, statementsOf } from '@/backstage/map/access'
import { BOX, placesOf } from '@/backstage/map/map-layout'
import { partOf, piecesOf, shortNameOf } from '@/backstage/map/part-names'
import { byEvent, byRequest, byVisit } from '@/backstage/map/passing'
import { systemOf, type Answers } from '@/backstage/map/system'

const ACCOUNT = 'us-east-1:000000000000'
const lambda = (name: string) => `arn:aws:lambda:${ACCOUNT}:function:${name}`

function rule(name: string, ...arns: string[]) {
  return { name, description: '', pattern: '{}', isEnabled: true, targets: arns.map(targetOf) }
}

function allow(Action: string, Resource: string) {
  return { Effect: 'Allow', Action, Resource }
}

const BAR: Answers = {
  apis: [
    { kind: 'api', name: 'bar', functions: ['api'] },
    { kind: 'sockets', name: 'bar-sockets', functions: ['connect'] },
  ],
  functions: [
    {
      name: 'api',
      access: [
        allow('dynamodb:PutItem', `arn:aws:dynamodb:*:*:table/orders`),
        allow('events:PutEvents', 'arn:aws:events:*:*:event-bus/Bar'),
        allow('states:SendTaskSuccess', 'arn:aws:states:*:*:stateMachine:Processor'),
        allow('logs:PutLogEvents', 'arn:aws:logs:*:*:log-group:/events'),
      ],
    },
    { name: 'connect', access: [] },
    { name: 'ask', access: [allow('events:PutEvents', 'arn:aws:events:*:*:event-bus/Bar')] },
    {
      name: 'publish',
      access: [allow('execute-api:ManageConnections', 'arn:aws:execute-api:*:*:*/api/POST/@connections/*')],
    },
    { name: 'sign_in', access: [allow('dynamodb:PutItem', 'arn:aws:dynamodb:*:*:table/sign-ins')] },
  ],
  tables: ['orders', 'sign-ins'],
  bus: {
    name: 'Bar',
    rules: [
      rule('start', `arn:aws:states:${ACCOUNT}:stateMachine:Processor`),
      rule('tell', lambda('publish'), `arn:aws:logs:${ACCOUNT}:log-group:/events`),
    ],
  },
  otherRules: [],
  streams: [{ table: 'orders', function: 'publish' }],
  workflow: {
    name: 'Processor',
    definition: {
      StartAt: 'Ask',
      States: {
        Ask: { Type: 'Task', Parameters: { FunctionName: lambda('ask') }, Next: 'Note' },
        Note: { Type: 'Task', Parameters: { TableName: 'orders' }, End: true },
      },
    } as Definition,
  },
}
const system = systemOf(BAR)
const arrows = (kind: string) => system.arrows.filter((one) => one.kind === kind).map(({ id }) => id)

describe('the map', () => {
  it('has an arrow for each integration, rule, target, stream and state that calls something', () => {
    expect(arrows('sends').toSorted()).toEqual([
      'api:bar → function:api',
      'bus:Bar → rule:start',
      'bus:Bar → rule:tell',
      'rule:start → workflow:Processor',
      'rule:tell → function:publish',
      'rule:tell → log:/events',
      'sockets:bar-sockets → function:connect',
      'table:orders → function:publish',
      'workflow:Processor → function:ask',
      'workflow:Processor → table:orders',
    ])
  })

  it('has what the functions’ roles allow them, but not that each may write its log', () => {
    expect(arrows('may').toSorted()).toEqual([
      'function:api → bus:Bar',
      'function:api → table:orders',
      'function:api → workflow:Processor',
      'function:ask → bus:Bar',
      'function:publish → sockets:bar-sockets',
    ])
  })

  it('leaves out a function that nothing here calls, and the table that only it uses', () => {
    const ids = system.parts.map(({ id }) => id)
    expect(ids).not.toContain('function:sign_in')
    expect(ids).not.toContain('table:sign-ins')
  })

  it('reads a policy as IAM gives it, and takes its names as patterns', () => {
    const document = encodeURIComponent(
      JSON.stringify({ Statement: allow('dynamodb:Query', 'arn:aws:dynamodb:*:*:table/bar-*/index/*') }),
    )
    const parts = ['bar-orders', 'others'].map((name) => ({
      id: `table:${name}`,
      kind: 'table' as const,
      name,
    }))
    expect(reachedBy(statementsOf(document), parts)).toEqual(['table:bar-orders'])
  })

  it('shows names without what they all begin with, and breaks them between words', () => {
    expect(shortNameOf('serverlesspresso-local-take_number')).toBe('take_number')
    expect(shortNameOf('/aws/events/serverlesspresso')).toBe('events')
    expect(shortNameOf('serverlesspresso-local')).toBe('')
    expect(piecesOf('OrderProcessorWorkflow')).toEqual(['Order', 'Processor', 'Workflow'])
    expect(piecesOf('Serverlesspresso')).toEqual(['Serverless', 'presso'])
    expect(partOf('arn:aws:s3:::bucket/key')).toBe('')
  })

  it('stands from where requests come in to the tables, none upon another', () => {
    const places = placesOf(system)
    const x = (id: string) => places.get(id)?.x ?? Number.NaN
    const way = [
      'api:bar',
      'function:api',
      'bus:Bar',
      'rule:start',
      'workflow:Processor',
      'function:ask',
      'table:orders',
    ]
    expect(way.map(x)).toEqual(way.map(x).toSorted((one, other) => one - other))
    const corners = [...places.values()]
    const overlaps = corners.filter((one, nth) =>
      corners.some(
        (other, place) =>
          place > nth && Math.abs(one.x - other.x) < BOX.width && Math.abs(one.y - other.y) < BOX.height,
      ),
    )
    expect(overlaps).toEqual([])
  })
})

describe('what an order passes', () => {
  it('of an event are the bus, the rules that it matches, and what these send it to', () => {
    const event = { id: '1', detailType: 'A', ts: 5, orderId: 'order-1', message: '', envelope: {} }
    const [first] = BAR.bus.rules
    expect(byEvent(event, 'Bar', first ? [first] : [])).toEqual({
      ts: 5,
      ids: [
        'bus:Bar',
        'bus:Bar → rule:start',
        'rule:start',
        'rule:start → workflow:Processor',
        'workflow:Processor',
      ],
    })
  })

  it('of a state are the workflow and what the state calls', () => {
    const ids = ['workflow:Processor', 'workflow:Processor → table:orders', 'table:orders']
    const visit = { state: 'Note', enteredTs: 7 } as Parameters<typeof byVisit>[0]
    expect(byVisit(visit, system)).toEqual({ ts: 7, ids })
  })

  it('of a request are the API and its function', () => {
    expect(byRequest('api', 9, system).ids).toEqual(['api:bar', 'api:bar → function:api', 'function:api'])
  })
})

describe('the map of this bar', () => {
  const read = (path: string): unknown =>
    JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'))
  interface Rule {
    name: string
    target: { stateMachine?: string; function?: string; logGroup?: string }
  }
  const policyOf = (name: string) =>
    (read(`.chalice/policy-${name}.json`) as { Statement: Answers['functions'][0]['access'] }).Statement
  const names = Object.keys((read('.chalice/config.json') as { lambda_functions: object }).lambda_functions)
  const called = new Set<string>()
  const States = (read('statemachine/order_processor.asl.json') as Definition).States
  const definition = JSON.parse(
    JSON.stringify({ StartAt: 'Is it an order?', States })
      .replace(/\$\{(\w+)FunctionArn\}/g, (_, name: string) => {
        const snake = name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase()
        called.add(snake)
        return lambda(snake)
      })
      .replace(/\$\{(\w+)sTable\}/g, (_, name: string) => `serverlesspresso-${name.toLowerCase()}s`),
  ) as Definition
  const arnOf = ({ stateMachine, function: name, logGroup }: Rule['target']) =>
    stateMachine
      ? `arn:aws:states:${ACCOUNT}:stateMachine:${stateMachine}`
      : name
        ? lambda(name)
        : `arn:aws:logs:${ACCOUNT}:log-group:${logGroup ?? ''}`
  const bar = systemOf({
    apis: [
      { kind: 'api', name: 'serverlesspresso', functions: ['api_handler'] },
      {
        kind: 'sockets',
        name: 'serverlesspresso-sockets',
        functions: names.filter((name) => name.startsWith('websocket')),
      },
    ],
    functions: names.map((name) => ({ name, access: policyOf(name === 'api_handler' ? 'api' : name) })),
    tables: [
      'shops',
      'qr-codes',
      'orders',
      'customers',
      'order-numbers',
      'outbox',
      'sign-ins',
      'journeys',
      'insights',
      'connections',
    ].map((name) => `serverlesspresso-${name}`),
    bus: {
      name: 'Serverlesspresso',
      rules: (read('statemachine/rules.json') as Rule[]).map(({ name, target }) => rule(name, arnOf(target))),
    },
    otherRules: [
      rule('serverlesspresso-local-sweep-event', lambda('sweep')),
      rule('serverlesspresso-local-execution_died-event', lambda('execution_died')),
    ],
    streams: [{ table: 'serverlesspresso-shops', function: 'config_changed' }],
    workflow: { name: 'OrderProcessorWorkflow', definition },
  })

  it('has all that an order comes by, and can be read from the last row of a room', () => {
    const places = [...placesOf(bar).values()]
    const across = (axis: 'x' | 'y') => spanOf(places.map((place) => place[axis]))
    expect(bar.parts.map(({ name }) => name)).toEqual(expect.arrayContaining([...called]))
    const zooms = [1036 / (across('x') + BOX.width), 540 / (across('y') + BOX.height)]
    expect(zooms.filter((zoom) => zoom < 0.95)).toEqual([])
  })
})

function spanOf(numbers: readonly number[]): number {
  return Math.max(...numbers) - Math.min(...numbers)
}
