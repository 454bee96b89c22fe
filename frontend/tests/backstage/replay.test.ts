// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'

import { Again, NotDone } from '@/backstage/dead-letters/again'
import type { Work } from '@/backstage/dead-letters/dead-letter'
import { LetterQueue } from '@/backstage/dead-letters/letter-queue'
import { replay } from '@/backstage/dead-letters/replay'

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

const QueueUrls = [
  'http://q/serverlesspresso-dead-letters-of-others',
  'http://q/serverlesspresso-dead-letters',
]
const message = (id: string) => ({ MessageId: id, ReceiptHandle: `receipt-${id}` })
const letter = (id: string) => ({ id, work: { kind: 'call', functionArn: 'arn', event: id } as Work })

/** A queue that gives these pages of letters, one after the other. */
function queueOf(pages: (string[] | Error)[], others: Record<string, unknown[]> = {}) {
  const ReceiveMessage = pages.map((page) => (page instanceof Error ? page : { Messages: page.map(message) }))
  const { client, asked } = answering({ ListQueues: [{ QueueUrls }], ReceiveMessage, ...others })
  const inputs = (name: string) => asked.filter(([one]) => one === name).map(([, input]) => input)
  /** The receipts of those that were hidden for so many seconds, of each time. */
  const hidden = (seconds: number) =>
    inputs('ChangeMessageVisibilityBatch')
      .map(({ Entries }) => Entries as { ReceiptHandle: string; VisibilityTimeout: number }[])
      .filter((entries) => entries.every(({ VisibilityTimeout }) => VisibilityTimeout === seconds))
      .map((entries) => entries.map(({ ReceiptHandle }) => ReceiptHandle))
  return {
    queue: new LetterQueue(client),
    asked,
    held: () => hidden(60),
    letGo: () => hidden(0).flat(),
    dropped: () => inputs('DeleteMessage').map(({ ReceiptHandle }) => ReceiptHandle),
  }
}

/** What came of each letter. */
async function outcomes(queue: LetterQueue, again: Pick<Again, 'do'>, ...ids: string[]) {
  const all: [string, unknown][] = []
  for await (const { letter: one, refusal } of replay(queue, again, ids.map(letter)))
    all.push([one.id, refusal])
  return all
}

describe('a letter that is replayed', () => {
  it('is deleted only when it was done', async () => {
    const { queue, asked, letGo, dropped } = queueOf([['m-1']])
    const seen: unknown[] = []
    await outcomes(queue, { do: async () => void seen.push(...asked.map(([name]) => name)) }, 'm-1')
    const before = ['ListQueues', 'ReceiveMessage', 'ChangeMessageVisibilityBatch']
    expect([seen, dropped(), letGo()]).toEqual([before, ['receipt-m-1'], []])
  })

  it('is let go, and not deleted, when that failed, even if letting go fails', async () => {
    const dead = new Error('the line is dead')
    const { queue, letGo, dropped } = queueOf([['m-1']], { ChangeMessageVisibilityBatch: [{}, dead] })
    const failing = { do: () => Promise.reject(new NotDone('failedAgain', 'the table is away')) }
    const [[, refusal] = []] = await outcomes(queue, failing, 'm-1')
    expect(refusal).toMatchObject({ why: 'failedAgain', said: 'the table is away' })
    expect([dropped(), letGo()]).toEqual([[], ['receipt-m-1']])
  })

  it('is not done by two at the same time', async () => {
    const work = { do: vi.fn(async () => undefined) }
    const { queue } = queueOf([['a'], []])
    expect(await outcomes(queue, work, 'm-1')).toEqual([['m-1', expect.objectContaining({ why: 'held' })]])
    expect(work.do).not.toHaveBeenCalled()
  })
})

describe('letters that are replayed together', () => {
  const done = { do: async () => undefined }

  it('are held anew before each, those that failed as well, or the queue would give them to two', async () => {
    const { queue, held } = queueOf([['m-1', 'a', 'm-2'], ['m-3']])
    const again = { do: vi.fn(done.do).mockRejectedValueOnce(new NotDone('failedAgain')) }
    await outcomes(queue, again, 'm-1', 'm-2', 'm-3')
    expect(held()).toEqual([
      ['receipt-m-1', 'receipt-a', 'receipt-m-2'],
      ['receipt-m-1', 'receipt-a', 'receipt-m-2'],
      ['receipt-m-1', 'receipt-a', 'receipt-m-3'],
    ])
  })

  it('are held ten at once, for SQS takes no more', async () => {
    const ids = Array.from({ length: 11 }, (_, nth) => nth.toString())
    const { queue, held } = queueOf([ids.slice(0, 10), ids.slice(10)])
    await outcomes(queue, done, '10')
    expect(held().map(({ length }) => length)).toEqual([10, 1])
  })

  it('are not done if they cannot be held any more, for somebody else may do them', async () => {
    const lost = { Failed: [{ Id: '1', Code: 'MessageNotInflight', SenderFault: true }] }
    const { queue, dropped, letGo } = queueOf([['m-1', 'm-2', 'm-3']], {
      ChangeMessageVisibilityBatch: [{}, lost],
    })
    const failing = { do: vi.fn(done.do).mockRejectedValueOnce(new NotDone('tooOld')) }
    expect(await outcomes(queue, failing, 'm-1', 'm-2', 'm-3')).toMatchObject([
      ['m-1', { why: 'tooOld' }],
      ['m-3', null],
      ['m-2', { why: 'held' }],
    ])
    expect(failing.do).toHaveBeenCalledTimes(2)
    expect([dropped(), letGo()]).toEqual([['receipt-m-3'], ['receipt-m-1']])
  })

  it('are taken in one walk through the queue, and what is none of them is let go', async () => {
    const pages = [['m-3', 'a'], ['m-1', 'b'], ['m-2', 'c'], ['d']]
    const { queue, asked, letGo, dropped } = queueOf(pages)
    expect(await outcomes(queue, done, 'm-1', 'm-2', 'm-3')).toEqual([
      ['m-3', null],
      ['m-1', null],
      ['m-2', null],
    ])
    expect(asked.filter(([name]) => name === 'ReceiveMessage')).toHaveLength(3)
    expect(dropped()).toEqual(['receipt-m-3', 'receipt-m-1', 'receipt-m-2'])
    expect(letGo()).toEqual(['receipt-a', 'receipt-b', 'receipt-c'])
  })

  it('are told one by one, and one that fails keeps nobody from the next', async () => {
    const { queue, letGo, dropped } = queueOf([['m-1', 'm-2']])
    const again = {
      do: (work: Work) => ('event' in work && work.event === 'm-1' ? Promise.reject(sunk) : done.do()),
    }
    const sunk = new NotDone('tooOld')
    expect(await outcomes(queue, again, 'm-1', 'm-2')).toEqual([
      ['m-1', sunk],
      ['m-2', null],
    ])
    expect([dropped(), letGo()]).toEqual([['receipt-m-2'], ['receipt-m-1']])
  })

  it('that the queue fails to give stay, and what it gave before is let go, all of it', async () => {
    const away = new TypeError('Failed to fetch')
    const { queue, letGo } = queueOf([['a', 'b'], away], { ChangeMessageVisibilityBatch: [away] })
    expect(await outcomes(queue, done, 'm-1', 'm-2')).toEqual([
      ['m-1', away],
      ['m-2', away],
    ])
    expect(letGo()).toEqual(['receipt-a', 'receipt-b'])
  })

  it('are not looked for without end where the queue gives again what it gave', async () => {
    const { queue, letGo } = queueOf([['a'], ['a'], ['a']])
    expect(await outcomes(queue, done, 'm-1')).toMatchObject([['m-1', { why: 'held' }]])
    expect(letGo()).toEqual(['receipt-a', 'receipt-a'])
  })
})

describe('the queue', () => {
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
    expect([await queue.count(), await queue.take(['m-1']).next()]).toMatchObject([null, { done: true }])
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
