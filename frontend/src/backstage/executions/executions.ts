/** The executions of the Order Processor, as Step Functions has them. */
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  type DescribeExecutionCommandOutput,
  type ExecutionStatus,
  type HistoryEvent,
  type SFNClient,
} from '@aws-sdk/client-sfn'
import * as v from 'valibot'

import type { Definition } from './definition'

export interface Execution {
  arn: string
  name: string
  /** `RUNNING`, `SUCCEEDED`, `FAILED`, `TIMED_OUT`, `ABORTED` */
  status: string
  startedTs: number
  endedTs: number | null
  /** The order it is about; null if it was started with something else. */
  orderId: string | null
}

type Item = Pick<
  DescribeExecutionCommandOutput,
  'executionArn' | 'name' | 'status' | 'startDate' | 'stopDate'
>

const SHOWN = 25
const FAILED: readonly ExecutionStatus[] = ['FAILED', 'TIMED_OUT', 'ABORTED']

const NewOrder = v.pipe(v.string(), v.parseJson(), v.object({ detail: v.object({ orderId: v.string() }) }))

/** What is said of an execution; null where it is not there, or not any more. */
export async function ifThere<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return null
    throw error
  }
}

export class Executions {
  /** What has ended never changes, nor does any execution's input: each is asked for once. */
  private readonly ended = new Map<string, Execution>()
  private readonly orders = new Map<string, string | null>()

  constructor(
    private readonly sfn: SFNClient,
    private readonly stateMachineArn: string,
  ) {}

  async definition(): Promise<Definition> {
    const command = new DescribeStateMachineCommand({ stateMachineArn: this.stateMachineArn })
    const { definition = '{}' } = await this.sfn.send(command)
    return JSON.parse(definition) as Definition
  }

  /** @param statusFilter - only those that stand so. */
  async newest(statusFilter?: ExecutionStatus): Promise<Execution[]> {
    const { stateMachineArn } = this
    const { executions = [] } = await this.sfn.send(
      new ListExecutionsCommand({
        stateMachineArn,
        maxResults: SHOWN,
        ...(statusFilter && { statusFilter }),
      }),
    )
    return Promise.all(executions.map((item) => this.execution(item)))
  }

  /** The execution that an event of the bus started: EventBridge begins its name with the event's id. */
  async startedBy(eventId: string): Promise<Execution | null> {
    let nextToken: string | undefined
    do {
      const page = await this.sfn.send(
        new ListExecutionsCommand({
          stateMachineArn: this.stateMachineArn,
          maxResults: 1000,
          ...(nextToken && { nextToken }),
        }),
      )
      const item = page.executions?.find(({ name }) => name?.startsWith(eventId))
      if (item) return this.execution(item)
      nextToken = page.nextToken
    } while (nextToken)
    return null
  }

  /** The newest that came to a bad end by themselves, of each kind of end. */
  async failed(): Promise<Execution[]> {
    return (await Promise.all(FAILED.map((status) => this.newest(status)))).flat()
  }

  /** The execution of this name, however old; null if there is none. */
  async named(name: string): Promise<Execution | null> {
    return this.at(`${this.stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`)
  }

  async at(executionArn: string): Promise<Execution | null> {
    const known = this.ended.get(executionArn)
    if (known) return known
    const described = this.sfn.send(new DescribeExecutionCommand({ executionArn }))
    return ifThere(described.then((item) => this.execution(item)))
  }

  async history(executionArn: string): Promise<HistoryEvent[]> {
    const events: HistoryEvent[] = []
    let nextToken: string | undefined
    do {
      const page = await this.sfn.send(
        new GetExecutionHistoryCommand({ executionArn, maxResults: 1000, ...(nextToken && { nextToken }) }),
      )
      events.push(...(page.events ?? []))
      nextToken = page.nextToken
    } while (nextToken)
    return events
  }

  private async execution(item: Item): Promise<Execution> {
    const arn = item.executionArn ?? ''
    const execution = {
      arn,
      name: item.name ?? '',
      status: item.status ?? '',
      startedTs: item.startDate?.getTime() ?? 0,
      endedTs: item.stopDate?.getTime() ?? null,
      orderId: await this.orderOf(arn),
    }
    if (execution.endedTs !== null) this.ended.set(arn, execution)
    return execution
  }

  private async orderOf(executionArn: string): Promise<string | null> {
    const known = this.orders.get(executionArn)
    if (known !== undefined) return known
    const { input } = await this.sfn.send(new DescribeExecutionCommand({ executionArn }))
    const parsed = v.safeParse(NewOrder, input)
    const orderId = parsed.success ? parsed.output.detail.orderId : null
    this.orders.set(executionArn, orderId)
    return orderId
  }
}
