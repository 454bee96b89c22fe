/**
 * Doing again what a dead letter is about, as `upkeep/replaying.py` does.
 *
 * A call that fails once more comes back as a letter by itself; a start is done when the execution is there. A stream's
 * batch does not come back: here it is waited for, and only if every record was taken is it done.
 */
import {
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record,
} from '@aws-sdk/client-dynamodb-streams'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn'
import * as v from 'valibot'

import { useClient } from '../cloud/client'
import type { Work } from './dead-letter'
import { asEvent, numberOf } from './stream-record'

type Batch = Extract<Work, { kind: 'batch' }>
type Sender = Pick<LambdaClient, 'send'>

export const NOT_DONE = ['held', 'unknown', 'failedAgain', 'someFailed', 'tooOld', 'notWhole'] as const

/** It was not done; the letter stays. */
export class NotDone extends Error {
  override name = 'NotDone'

  constructor(
    readonly why: (typeof NOT_DONE)[number],
    /** What was said about it. */
    readonly said = '',
  ) {
    super(`${why} ${said}`)
  }
}

const MOST_PAGES = 100 // an answer may be empty although records follow; a batch has a hundred of them at most

const Answer = v.nullish(
  v.object({
    errorMessage: v.optional(v.string(), ''),
    batchItemFailures: v.optional(v.array(v.unknown()), []),
  }),
)

export function useAgain(): Again {
  return new Again(useClient(LambdaClient), useClient(SFNClient), useClient(DynamoDBStreamsClient))
}

export class Again {
  constructor(
    private readonly lambda: Sender,
    private readonly sfn: Pick<SFNClient, 'send'>,
    private readonly streams: Pick<DynamoDBStreamsClient, 'send'>,
  ) {}

  /** @throws NotDone, or what AWS refused. */
  async do(work: Work): Promise<void> {
    switch (work.kind) {
      case 'call':
        return this.call(work.functionArn, work.event)
      case 'start':
        return this.start(work.stateMachineArn, work.event)
      case 'batch':
        return this.handOver(work.functionArn, await this.records(work), work.streamArn)
      case 'unknown':
        throw new NotDone('unknown')
    }
  }

  private async call(FunctionName: string, event: unknown): Promise<void> {
    await this.lambda.send(
      new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: JSON.stringify(event) }),
    )
  }

  private async start(stateMachineArn: string, event: unknown): Promise<void> {
    await this.sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(event) }))
  }

  private async handOver(
    FunctionName: string,
    records: readonly _Record[],
    streamArn: string,
  ): Promise<void> {
    const Records = records.map((record) => asEvent(record, streamArn))
    const { Payload, FunctionError } = await this.lambda.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify({ Records }) }),
    )
    const said = v.parse(Answer, Payload?.length ? JSON.parse(Payload.transformToString()) : null)
    if (FunctionError) throw new NotDone('failedAgain', said?.errorMessage)
    const failures = said?.batchItemFailures.length ?? 0
    if (failures > 0) throw new NotDone('someFailed', `${failures.toString()}/${records.length.toString()}`)
  }

  private async records(batch: Batch): Promise<_Record[]> {
    const records: _Record[] = []
    try {
      let iterator = await this.iteratorAt(batch)
      for (let page = 0; page < MOST_PAGES && iterator; page += 1) {
        const { Records = [], NextShardIterator } = await this.streams.send(
          new GetRecordsCommand({ ShardIterator: iterator }),
        )
        records.push(...Records.filter((record) => numberOf(record) <= BigInt(batch.last)))
        if (records.some((record) => numberOf(record) === BigInt(batch.last))) return records
        iterator = NextShardIterator
      }
    } catch (error) {
      throw isForgotten(error) ? new NotDone('tooOld') : error
    }
    throw new NotDone('notWhole')
  }

  private async iteratorAt({ streamArn, shardId, first }: Batch): Promise<string | undefined> {
    const asked = { StreamArn: streamArn, ShardId: shardId, SequenceNumber: first }
    const answer = await this.streams.send(
      new GetShardIteratorCommand({ ...asked, ShardIteratorType: 'AT_SEQUENCE_NUMBER' }),
    )
    return answer.ShardIterator
  }
}

/** A stream keeps its records for a day. */
function isForgotten(error: unknown): boolean {
  return (
    error instanceof Error && ['TrimmedDataAccessException', 'ResourceNotFoundException'].includes(error.name)
  )
}
