import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { SFNClient } from '@aws-sdk/client-sfn'
import { expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'

import type { DeadLetter, Work } from '@/backstage/dead-letters/dead-letter'
import type { LetterQueue } from '@/backstage/dead-letters/letter-queue'
import { useReplay, type Replay } from '@/backstage/dead-letters/use-replay'

import { fakeBar, mountWithBar } from '../mounting'
import { answerFor } from './answers'

vi.mock('@/shared/confirm', () => ({ useQuestion: () => async () => true }))

const call: Work = { kind: 'call', functionArn: 'arn:f', event: {} }
const start: Work = { kind: 'start', stateMachineArn: 'arn:m', event: {} }
const shard = { streamArn: 'arn:s', shardId: 'shard', first: '1', last: '1' }
const batch: Work = { kind: 'batch', functionArn: 'arn:f', ...shard }

/**
 * What is said of the letter of this work.
 *
 * @param answer - what the function says as it fails; null: it does not fail.
 */
async function said(work: Work, answer: string | null): Promise<string | undefined> {
  const queue = {
    async *take([id]: string[]) {
      yield { id, url: '', receipt: '' }
    },
    drop: async () => undefined,
  }
  answerFor(LambdaClient, () => (answer === null ? {} : failure(answer)))
  answerFor(SFNClient, () => ({}))
  const Records = [{ dynamodb: { SequenceNumber: '1' } }]
  answerFor(DynamoDBStreamsClient, () => ({ ShardIterator: 'i', Records }))
  let replay: Replay | undefined
  const Asking = defineComponent(() => {
    replay = useReplay(queue as unknown as LetterQueue, () => undefined)
    return () => null
  })
  mountWithBar(Asking, fakeBar())
  const letter: DeadLetter = {
    id: 'm-1',
    ts: 0,
    target: 'bar-record',
    reason: '',
    detailType: 'Test.Sneezed',
    orderId: null,
    eventId: null,
    work,
    content: null,
  }
  await replay?.start([letter])
  return replay?.outcomes.value[0]?.text
}

function failure(text: string) {
  return {
    FunctionError: 'Unhandled',
    Payload: { length: text.length, transformToString: () => text },
  }
}

it.each([
  {
    work: call,
    answer: null,
    text: 'handed over to bar-record again. If that fails once more, it comes back here.',
  },
  { work: start, answer: null, text: 'an execution of bar-record was started with it.' },
  { work: batch, answer: null, text: 'bar-record took all of them.' },
  {
    work: batch,
    answer: '{"errorMessage":"It is away."}',
    text: 'it failed once more: It is away. It stays here.',
  },
  {
    work: batch,
    answer: '{}',
    text: 'it failed once more: the function does not say why. It stays here.',
  },
])('of a $work.kind that is answered $answer: $text', async ({ work, answer, text }) => {
  expect(await said(work, answer)).toBe(`Test.Sneezed: ${text}`)
})
