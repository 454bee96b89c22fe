/** Follows a log group: each reading gives the lines that are new. */
import {
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  type CloudWatchLogsClient,
  type FilteredLogEvent,
} from '@aws-sdk/client-cloudwatch-logs'

import { isMissing } from './problem'

export interface LogLine {
  id: string
  stream: string
  /** ms since 1970 */
  ts: number
  text: string
}

/** Which lines of a log group; all of them if nothing is said. */
export interface Lines {
  /** To when lines are read, ms since 1970. */
  until?: number
  /** What they have in them. */
  text?: string
}

/** What happened at a moment is in the log's time of this much earlier at most: clocks differ a little, ms. */
export const LOG_EARLY_MS = 5_000

/** Lines come late: a function's are written when it is done. So each reading begins this much before the newest line. */
const OVERLAP_MS = 60_000

export class LogTail {
  private readonly known = new Map<string, number>()
  private isThere = false

  /** @param since - from when on lines are read, ms since 1970. */
  constructor(
    private readonly logs: Pick<CloudWatchLogsClient, 'send'>,
    private readonly group: string,
    private since: number,
    private readonly wanted: Lines = {},
  ) {}

  /** The new lines, oldest first; none where there is no such group yet, as Lambda makes them when they are needed. */
  async read(): Promise<LogLine[]> {
    const fresh = (await this.lines()).filter(({ id }) => !this.known.has(id))
    for (const { id, ts } of fresh) this.known.set(id, ts)
    this.move()
    return fresh.sort((one, other) => one.ts - other.ts)
  }

  private move(): void {
    const newest = Math.max(this.since, ...this.known.values())
    this.since = Math.max(this.since, newest - OVERLAP_MS)
    for (const [id, ts] of this.known) if (ts < this.since) this.known.delete(id)
  }

  private async lines(): Promise<LogLine[]> {
    if (!(await this.exists())) return []
    const lines: LogLine[] = []
    let nextToken: string | undefined
    do {
      const page = await this.page(nextToken)
      lines.push(...(page.events ?? []).map(lineOf))
      nextToken = page.nextToken
    } while (nextToken)
    // LocalStack takes a filter's pattern, and gives every line all the same.
    return lines.filter(({ text }) => text.includes(this.wanted.text ?? ''))
  }

  /** Lambda makes a group when it is first needed; reading one that is not there would fail each time. */
  private async exists(): Promise<boolean> {
    if (this.isThere) return true
    const asked = new DescribeLogGroupsCommand({ logGroupNamePrefix: this.group })
    const { logGroups = [] } = await this.logs.send(asked)
    this.isThere = logGroups.some(({ logGroupName }) => logGroupName === this.group)
    return this.isThere
  }

  private async page(nextToken?: string): Promise<{ events?: FilteredLogEvent[]; nextToken?: string }> {
    const { until, text } = this.wanted
    const command = new FilterLogEventsCommand({
      logGroupName: this.group,
      startTime: this.since,
      ...(until !== undefined && { endTime: until }),
      ...(text !== undefined && { filterPattern: `"${text}"` }),
      ...(nextToken && { nextToken }),
    })
    try {
      const { events = [], nextToken } = await this.logs.send(command)
      return { events, ...(nextToken && { nextToken }) }
    } catch (error) {
      if (isMissing(error)) return {}
      throw error
    }
  }
}

function lineOf({ eventId, logStreamName, timestamp, message }: FilteredLogEvent): LogLine {
  return {
    id: eventId ?? '',
    stream: logStreamName ?? '',
    ts: timestamp ?? 0,
    text: (message ?? '').trimEnd(),
  }
}
