// @vitest-environment node
import type { FilterLogEventsCommand, FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs'
import { describe, expect, it, vi } from 'vitest'

import { LogTail } from '@/backstage/cloud/log-tail'

const MINUTE = 60_000

function line(eventId: string, timestamp: number): FilteredLogEvent {
  return { eventId, timestamp, logStreamName: 'stream', message: `${eventId}\n` }
}

/** A log group that gives these pages, one after the other. */
function group(...pages: ({ events: FilteredLogEvent[]; nextToken?: string } | Error)[]) {
  const asked: FilterLogEventsCommand['input'][] = []
  const send = vi.fn(async (command: FilterLogEventsCommand) => {
    asked.push(command.input)
    const page = pages.shift() ?? { events: [] }
    if (page instanceof Error) throw page
    return page
  })
  return { tail: new LogTail({ send } as never, '/a/group', 10 * MINUTE), asked }
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

  it('a group that is not there yet has no lines', async () => {
    const missing = Object.assign(new Error('no such group'), { name: 'ResourceNotFoundException' })
    expect(await group(missing).tail.read()).toEqual([])
  })

  it('tells any other failure', async () => {
    await expect(group(new TypeError('Failed to fetch')).tail.read()).rejects.toThrow('Failed to fetch')
  })
})
