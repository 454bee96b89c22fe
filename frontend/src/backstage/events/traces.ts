/** Looks for what came of an event: by its id in the targets' logs, and among the executions that it started. */
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'

import { LOG_EARLY_MS, LogTail, type LogLine } from '../cloud/log-tail'
import { functionLogGroup } from '../cloud/names'
import type { Executions } from '../executions/executions'
import { invocationsOf, requestIdsIn } from '../functions/invocation'
import type { BusEvent } from './bus-event'
import type { Target } from './target'
import { ofExecution, ofInvocations, ofLogLines, RETRIED_FOR_MS, type Trace } from './trace'

export class Traces {
  constructor(
    private readonly logs: Pick<CloudWatchLogsClient, 'send'>,
    private readonly executions: Pick<Executions, 'startedBy'>,
  ) {}

  async of({ kind, name }: Target, event: BusEvent): Promise<Trace> {
    switch (kind) {
      case 'function':
        return ofInvocations(await this.invocations(functionLogGroup(name), event))
      case 'stateMachine':
        return ofExecution(await this.executions.startedBy(event.id))
      case 'logGroup':
        return ofLogLines((await this.lines(name, event.id, event)).length)
      case 'other':
        return ofLogLines(0)
    }
  }

  /** A function says which event it had; the lines of its request say the rest. */
  private async invocations(group: string, event: BusEvent) {
    const requestIds = requestIdsIn(await this.lines(group, event.id, event))
    const lines = await Promise.all(requestIds.map((id) => this.lines(group, id, event)))
    return invocationsOf(lines.flat())
  }

  private lines(group: string, text: string, { ts }: BusEvent): Promise<LogLine[]> {
    return new LogTail(this.logs, group, ts - LOG_EARLY_MS, { until: ts + RETRIED_FOR_MS, text }).read()
  }
}
