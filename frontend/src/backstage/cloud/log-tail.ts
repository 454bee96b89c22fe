/** Follows a log group: each reading gives the lines that are new. */
import {
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

/** Lines come late: a function's are written when it is done. So each reading begins this much before the newest line. */
const OVERLAP_MS = 60_000

export class LogTail {
  private readonly known = new Map<string, number>()

  /**
   * @param since - from when on lines are read, ms since 1970.
   * @param until - to when; for ever by default.
   */
  constructor(
    private readonly logs: Pick<CloudWatchLogsClient, 'send'>,
    private readonly group: string,
    private since: number,
    private readonly until?: number,
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
    const lines: LogLine[] = []
    let nextToken: string | undefined
    do {
      const page = await this.page(nextToken)
      lines.push(...(page.events ?? []).map(lineOf))
      nextToken = page.nextToken
    } while (nextToken)
    return lines
  }

  private async page(nextToken?: string): Promise<{ events?: FilteredLogEvent[]; nextToken?: string }> {
    const command = new FilterLogEventsCommand({
      logGroupName: this.group,
      startTime: this.since,
      ...(this.until && { endTime: this.until }),
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
