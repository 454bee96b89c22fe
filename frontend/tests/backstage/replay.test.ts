// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'

import { Again, NotDone } from '@/backstage/dead-letters/again'
import type { Work } from '@/backstage/dead-letters/dead-letter'
import { LetterQueue } from '@/backstage/dead-letters/letter-queue'
import { replay } from '@/backstage/dead-letters/replay'

const taken = { url: 'http://queue', receipt: 'r' }
const letter = { id: 'm-1', work: { kind: 'call', functionArn: 'arn', event: {} } as Work }

/** Answers commands by their names; keeps what they asked. */
function answering(answers: Record<string, unknown[]>) {
  const asked: [string, Record<string, unknown>][] = []
  const send = vi.fn(async ({ constructor, input }: { constructor: { name: string }; input: object }) => {
    const name = constructor.name.replace(/Command$/, '')
    asked.push([name, input as Record<string, unknown>])
    const answer = answers[name]?.shift() ?? {}
    if (answer instanceof Error) throw answer
    return answer
  })
  return { client: { send: send as never }, asked }
}

describe('a letter that is replayed', () => {
  const queue = (held: typeof taken | null = taken) => ({
    take: vi.fn(async () => held),
    letGo: vi.fn(async () => undefined),
    drop: vi.fn(async () => undefined),
  })

  it('is deleted only when it was done', async () => {
    const order: string[] = []
    const ours = queue()
    ours.drop.mockImplementation(async () => void order.push('dropped'))
    await replay(ours, { do: async () => void order.push('done') }, letter)
    expect(order).toEqual(['done', 'dropped'])
    expect(ours.letGo).not.toHaveBeenCalled()
  })

  it('is let go, and not deleted, when that failed, even if letting go fails', async () => {
    const ours = queue()
    ours.letGo.mockRejectedValue(new Error('the line is dead'))
    const failing = { do: () => Promise.reject(new NotDone('failedAgain', 'the table is away')) }
    await expect(replay(ours, failing, letter)).rejects.toThrow('the table is away')
    expect(ours.letGo).toHaveBeenCalledWith(taken)
    expect(ours.drop).not.toHaveBeenCalled()
  })

  it('is not done by two at the same time', async () => {
    const work = { do: vi.fn(async () => undefined) }
    await expect(replay(queue(null), work, letter)).rejects.toMatchObject({ why: 'held' })
    expect(work.do).not.toHaveBeenCalled()
  })
})

describe('the queue', () => {
  const QueueUrls = [
    'http://q/serverlesspresso-dead-letters-of-others',
    'http://q/serverlesspresso-dead-letters',
  ]
  const message = (id: string) => ({ MessageId: id, ReceiptHandle: `receipt-${id}` })

  it('gives the letter that is meant and lets the others go', async () => {
    const pages = [{ Messages: [message('a'), message('b')] }, { Messages: [message('m-1'), message('c')] }]
    const { client, asked } = answering({ ListQueues: [{ QueueUrls }], ReceiveMessage: pages })
    expect(await new LetterQueue(client).take('m-1')).toEqual({ url: QueueUrls[1], receipt: 'receipt-m-1' })
    const letGo = asked
      .filter(([name]) => name === 'ChangeMessageVisibility')
      .map(([, input]) => input.ReceiptHandle)
    expect(letGo).toEqual(['receipt-a', 'receipt-b', 'receipt-c'])
  })

  it('counts what others have in hand, too', async () => {
    const Attributes = {
      ApproximateNumberOfMessages: '2',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '0',
    }
    const { client } = answering({ ListQueues: [{ QueueUrls }], GetQueueAttributes: [{ Attributes }] })
    expect(await new LetterQueue(client).count()).toBe(3)
  })

  it('that is not there has no count and no letter, and nothing is asked of it', async () => {
    const { client, asked } = answering({ ListQueues: [{ QueueUrls: [] }, {}] })
    const queue = new LetterQueue(client)
    expect([await queue.count(), await queue.take('m-1')]).toEqual([null, null])
    expect(asked.map(([name]) => name)).toEqual(['ListQueues', 'ListQueues'])
  })
})

describe('doing it again', () => {
  const batch: Work = {
    kind: 'batch',
    functionArn: 'arn:f',
    streamArn: 'arn:s',
    shardId: 'shard',
    first: '1',
    last: '20000000000000000000002',
  }
  const record = (SequenceNumber: string) => ({
    eventID: SequenceNumber,
    dynamodb: { SequenceNumber, ApproximateCreationDateTime: new Date(1500) },
  })
  const said = (text: string) => ({ Payload: { length: text.length, transformToString: () => text } })
  const streamOf = (...records: ReturnType<typeof record>[]) =>
    answering({
      GetShardIterator: [{ ShardIterator: 'i' }],
      GetRecords: [
        { Records: [], NextShardIterator: 'j' },
        { Records: records, NextShardIterator: 'k' },
      ],
    })
  const whole = () =>
    streamOf(record('1'), record('20000000000000000000002'), record('20000000000000000000003'))

  it('calls the function without waiting, or starts an execution, with the event', async () => {
    const [lambda, sfn] = [answering({}), answering({})]
    const again = new Again(lambda.client, sfn.client, answering({}).client)
    await again.do({ kind: 'call', functionArn: 'arn:f', event: { a: 1 } })
    await again.do({ kind: 'start', stateMachineArn: 'arn:m', event: { b: 2 } })
    expect(lambda.asked).toEqual([
      ['Invoke', { FunctionName: 'arn:f', InvocationType: 'Event', Payload: '{"a":1}' }],
    ])
    expect(sfn.asked).toEqual([['StartExecution', { stateMachineArn: 'arn:m', input: '{"b":2}' }]])
  })

  it('hands a batch over as Lambda does, up to its last record', async () => {
    const lambda = answering({ Invoke: [said('null')] })
    await new Again(lambda.client, answering({}).client, whole().client).do(batch)
    const { Records } = JSON.parse(lambda.asked[0]?.[1].Payload as string) as { Records: object[] }
    expect(Records).toHaveLength(2)
    expect(Records[0]).toMatchObject({
      eventSourceARN: 'arn:s',
      dynamodb: { ApproximateCreationDateTime: 1.5 },
    })
  })

  it.each([
    ['failedAgain', { ...said('{"errorMessage":"away"}'), FunctionError: 'Unhandled' }],
    ['someFailed', said('{"batchItemFailures":[{"itemIdentifier":"1"}]}')],
  ])('a batch that was not taken whole was not done: %s', async (why, answer) => {
    const again = new Again(answering({ Invoke: [answer] }).client, answering({}).client, whole().client)
    await expect(again.do(batch)).rejects.toMatchObject({ why })
  })

  it('records that the stream has forgotten, or does not give whole, are handed to nobody', async () => {
    const forgotten = Object.assign(new Error('gone'), { name: 'TrimmedDataAccessException' })
    const lambda = answering({})
    for (const [stream, why] of [
      [answering({ GetShardIterator: [forgotten] }), 'tooOld'],
      [streamOf(record('1')), 'notWhole'],
    ] as const) {
      const again = new Again(lambda.client, answering({}).client, stream.client)
      await expect(again.do(batch)).rejects.toMatchObject({ why })
    }
    await expect(
      new Again(lambda.client, lambda.client, lambda.client).do({ kind: 'unknown' }),
    ).rejects.toThrow(NotDone)
    expect(lambda.asked).toEqual([])
  })
})
