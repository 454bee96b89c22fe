// @vitest-environment node
import {
  DescribeLogGroupsCommand,
  type FilterLogEventsCommand,
  type FilteredLogEvent,
} from '@aws-sdk/client-cloudwatch-logs'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { LogTail, type Lines } from '@/backstage/cloud/log-tail'

const MINUTE = 60_000

function line(eventId: string, timestamp: number): FilteredLogEvent {
  return { eventId, timestamp, logStreamName: 'stream', message: `${eventId}\n` }
}

const GROUPS = [{ logGroupName: '/a/group' }]
let groups: { logGroupName: string }[][] = [] // what there is, each time that somebody looks
let wanted: Lines = {}

beforeEach(() => {
  groups = []
  wanted = {}
})

/** A log group that gives these pages, one after the other. */
function group(...pages: ({ events: FilteredLogEvent[]; nextToken?: string } | Error)[]) {
  const asked: FilterLogEventsCommand['input'][] = []
  const send = vi.fn(async (command: FilterLogEventsCommand | DescribeLogGroupsCommand) => {
    if (command instanceof DescribeLogGroupsCommand) return { logGroups: groups.shift() ?? GROUPS }
    asked.push(command.input)
    const page = pages.shift() ?? { events: [] }
    if (page instanceof Error) throw page
    return page
  })
  return { tail: new LogTail({ send } as never, '/a/group', 10 * MINUTE, wanted), asked }
}

describe('following a log', () => {
  it('reads all pages, and gives the lines in order of time', async () => {
    const { tail, asked } = group(
      { events: [line('b', 12 * MINUTE)], nextToken: 'more' },
      { events: [line('a', 11 * MINUTE)] },
    )
    expect((await tail.read()).map(({ text }) => text)).toEqual(['a', 'b'])
    expect(asked[1]).toMatchObject({ nextToken: 'more', startTime: 10 * MINUTE })
  })

  it('moves on, and gives no line twice', async () => {
    const { tail, asked } = group(
      { events: [line('a', 15 * MINUTE), line('b', 20 * MINUTE)] },
      { events: [line('b', 20 * MINUTE), line('c', 21 * MINUTE)] },
    )
    await tail.read()
    expect((await tail.read()).map(({ id }) => id)).toEqual(['c'])
    expect(asked[1]?.startTime).toBe(19 * MINUTE)
  })

  it('hears a line that comes late', async () => {
    const { tail } = group({ events: [line('b', 20 * MINUTE)] }, { events: [line('late', 19.5 * MINUTE)] })
    await tail.read()
    expect((await tail.read()).map(({ id }) => id)).toEqual(['late'])
  })

  it('does not read a group that is not there yet, and looks for it once', async () => {
    groups = [[], [{ logGroupName: '/a/group-of-another' }], GROUPS]
    const { tail, asked } = group({ events: [line('a', 11 * MINUTE)] })
    expect([await tail.read(), await tail.read(), asked]).toEqual([[], [], []])
    expect((await tail.read()).map(({ id }) => id)).toEqual(['a'])
    await tail.read()
    expect([asked.length, groups]).toEqual([2, []])
  })

  it('asks only for lines that are wanted, and gives no others to whoever is given them all the same', async () => {
    wanted = { until: 12 * MINUTE, text: 'order-1' }
    const { tail, asked } = group({ events: [line('of order-1', 11 * MINUTE), line('other', 11 * MINUTE)] })
    expect((await tail.read()).map(({ text }) => text)).toEqual(['of order-1'])
    expect(asked[0]).toMatchObject({ endTime: 12 * MINUTE, filterPattern: '"order-1"' })
  })

  it('a group that went away meanwhile has no lines', async () => {
    const missing = Object.assign(new Error('no such group'), { name: 'ResourceNotFoundException' })
    expect(await group(missing).tail.read()).toEqual([])
  })

  it('tells any other failure', async () => {
    await expect(group(new TypeError('Failed to fetch')).tail.read()).rejects.toThrow('Failed to fetch')
  })
})
