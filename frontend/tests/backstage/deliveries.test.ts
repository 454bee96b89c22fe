// @vitest-environment node
import { InvalidEventPatternException } from '@aws-sdk/client-eventbridge'
import { describe, expect, it, vi } from 'vitest'

import type { BusEvent } from '@/backstage/events/bus-event'
import { BusRules } from '@/backstage/events/bus-rules'
import { targetOf } from '@/backstage/events/target'
import {
  isOpen,
  LOOKED_FOR_MS,
  ofExecution,
  ofInvocations,
  RETRIED_FOR_MS,
  settled,
} from '@/backstage/events/trace'
import { Traces } from '@/backstage/events/traces'

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:bar-record'
const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:Processor'
const GROUP = 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/events/bar'

const event: BusEvent = {
  id: 'event-1',
  detailType: 'Validator.NewOrder',
  ts: 100_000,
  orderId: 'order-1',
  message: '',
  envelope: { id: 'event-1' },
}

it.each([
  [FUNCTION, 'function', 'bar-record'],
  [MACHINE, 'stateMachine', 'Processor'],
  [GROUP, 'logGroup', '/aws/events/bar'],
  ['arn:aws:sqs:us-east-1:000000000000:queue', 'other', 'queue'],
])('%s is a %s', (arn, kind, name) => expect(targetOf(arn)).toEqual({ kind, name, arn }))

describe('the rules of the bus', () => {
  const send = vi.fn(
    async ({ constructor, input }: { constructor: { name: string }; input: { Rule?: string } }) => {
      if (constructor.name === 'ListRulesCommand')
        return {
          Rules: [
            { Name: 'new', EventPattern: '{}', State: 'ENABLED' },
            { Name: 'off', EventPattern: '{}', State: 'DISABLED' },
          ],
        }
      if (constructor.name === 'TestEventPatternCommand') return { Result: true }
      return { Targets: input.Rule === 'new' ? [{ Arn: MACHINE }] : [] }
    },
  )

  it('are as they are deployed, and read once; EventBridge says which match, and none does that is off', async () => {
    const rules = new BusRules({ send } as never, 'bus')
    const all = await rules.all()
    expect(all.map(({ name, targets }) => [name, targets])).toEqual([
      ['new', [targetOf(MACHINE)]],
      ['off', []],
    ])
    expect((await rules.matched(event.envelope)).map(({ name }) => name)).toEqual(['new'])
    const asked = send.mock.calls.length
    await rules.all()
    expect(send.mock.calls.length).toBe(asked)
  })

  it('are told without one that was removed meanwhile, and without a match of one whose pattern is none', async () => {
    const refusals: Record<string, Error> = {
      gone: Object.assign(new Error('no such rule'), { name: 'ResourceNotFoundException' }),
      odd: new InvalidEventPatternException({ message: 'no pattern', $metadata: {} }),
    }
    const refuse = ({ Rule, EventPattern }: { Rule?: string; EventPattern?: string }) => {
      const refusal = refusals[Rule ?? EventPattern ?? '']
      if (refusal && Rule !== 'odd') throw refusal
      return { Result: true, Targets: [], Rules: ['gone', 'odd', 'new'].map(ruleOf) }
    }
    const ruleOf = (Name: string) => ({ Name, EventPattern: Name, State: 'ENABLED' })
    const rules = new BusRules(
      { send: async ({ input }: { input: object }) => refuse(input) } as never,
      'bus',
    )
    expect((await rules.all()).map(({ name }) => name)).toEqual(['odd', 'new'])
    expect((await rules.matched(event.envelope)).map(({ name }) => name)).toEqual(['new'])
    refusals.new = new TypeError('Failed to fetch')
    await expect(rules.matched(event.envelope)).rejects.toThrow('Failed to fetch')
  })
})

describe('what came of an event', () => {
  const line = (id: string, message: string) => ({
    eventId: id,
    logStreamName: 's',
    timestamp: 100_001,
    message,
  })
  const said = JSON.stringify({ function_request_id: 'request-1', busEventId: 'event-1' })
  /** A log group in which the event is found by its id, and then the request by its own. */
  function logs(...ofRequest: string[]) {
    const patterns: (string | undefined)[] = []
    const send = async ({ input }: { input: { filterPattern?: string } }) => {
      if (!('filterPattern' in input)) return { logGroups: [{ logGroupName: '/aws/lambda/bar-record' }] }
      patterns.push(input.filterPattern)
      const texts = input.filterPattern === '"event-1"' ? [said] : ofRequest
      return { events: texts.map((text, place) => line(place.toString(), text)) }
    }
    return { client: { send: send as never }, patterns }
  }
  const none = { startedBy: async () => null }

  it('at a function is found by the id that it says it had', async () => {
    const { client, patterns } = logs(
      'START RequestId: request-1 Version: $LATEST',
      said,
      'REPORT RequestId: request-1\tDuration: 12 ms\tMemory Size: 128 MB\tMax Memory Used: 50 MB',
    )
    const trace = await new Traces(client, none).of(targetOf(FUNCTION), event)
    expect(patterns).toEqual(['"event-1"', '"request-1"'])
    expect(trace).toMatchObject({ outcome: 'done', attempts: 1, invocation: { requestId: 'request-1' } })
  })

  it('at a function that failed, or runs', async () => {
    const start = 'START RequestId: request-1 Version: $LATEST'
    const failed = JSON.stringify({ level: 'ERROR', message: 'failed', function_request_id: 'request-1' })
    expect(await new Traces(logs(start, failed).client, none).of(targetOf(FUNCTION), event)).toMatchObject({
      outcome: 'failed',
    })
    expect(await new Traces(logs(start).client, none).of(targetOf(FUNCTION), event)).toMatchObject({
      outcome: 'running',
    })
  })

  it('at a state machine is the execution that it started', async () => {
    const startedBy = vi.fn(async () => ({ name: 'event-1' }) as never)
    const trace = await new Traces(logs().client, { startedBy }).of(targetOf(MACHINE), event)
    expect(startedBy).toHaveBeenCalledWith('event-1')
    expect(trace).toMatchObject({ outcome: 'done', execution: { name: 'event-1' } })
  })

  it('that failed is looked at again while Lambda may still do it: until it is old, or was tried three times', () => {
    const error = { id: '1', level: 'error', text: 'away' } as const
    const attempt = { id: '1', requestId: 'r', stream: 's', ts: 0, remarks: [error], report: null }
    const failed = (attempts: number) => ofInvocations(Array.from({ length: attempts }, () => attempt))
    const after = (attempts: number, isDead: boolean, age: number) => {
      const trace = settled(failed(attempts), isDead, age)
      return [trace.outcome, isOpen(trace)]
    }
    expect(after(1, false, RETRIED_FOR_MS)).toEqual(['failing', true])
    expect(after(2, false, 90_000)).toEqual(['failing', true])
    expect(after(3, false, 90_000)).toEqual(['failed', false])
    expect(after(1, false, RETRIED_FOR_MS + 1)).toEqual(['failed', false])
    expect(after(1, true, 1_000)).toEqual(['dead', false])
  })

  it('is looked for a while only, unless a dead letter tells of it', () => {
    const nothing = ofInvocations([])
    expect([settled(nothing, false, 1_000), settled(nothing, false, LOOKED_FOR_MS + 1)].map(isOpen)).toEqual([
      true,
      false,
    ])
    expect(settled(nothing, true, 1_000).outcome).toBe('dead')
    expect(settled(ofExecution(null), false, LOOKED_FOR_MS + 1).outcome).toBe('unseen')
  })
})
