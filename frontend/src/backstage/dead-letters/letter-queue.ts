/** The queue of dead letters: how many, and taking one out of it. Knows no rule about letters. */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SQSClient,
  type Message,
} from '@aws-sdk/client-sqs'

import { useClient } from '../cloud/client'
import { DEAD_LETTER_QUEUE } from '../cloud/names'

/** Long enough to do a letter again, short enough that a page that is closed half-way hides none for long. */
const HELD_S = 60
const MOST_AT_ONCE = 10 // SQS gives no more
const COUNTS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const

/** A letter that nobody else gets meanwhile. */
export interface Taken {
  url: string
  receipt: string
}

export function useLetterQueue(): LetterQueue {
  // A queue's address names a host that only the local cloud's own machine may know; where it answers, we know.
  return new LetterQueue(useClient(SQSClient, { useQueueUrlAsEndpoint: false }))
}

export class LetterQueue {
  private url: string | null = null

  constructor(private readonly sqs: Pick<SQSClient, 'send'>) {}

  /** How many letters there are, those in somebody's hands included; null where there is no such queue. */
  async count(): Promise<number | null> {
    const url = await this.find()
    if (url === null) return null
    const asked = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...COUNTS] })
    const { Attributes = {} } = await this.sqs.send(asked)
    return COUNTS.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0)
  }

  /** Takes the letter; null where it is not there, or in somebody else's hands. The others are let go at once. */
  async take(messageId: string): Promise<Taken | null> {
    const url = await this.find()
    if (url === null) return null
    const others: Message[] = []
    for (;;) {
      const messages = await this.receive(url)
      const ours = messages.find(({ MessageId }) => MessageId === messageId)
      others.push(...messages.filter((one) => one !== ours))
      if (!ours && messages.length > 0) continue
      await Promise.all(others.map((one) => this.letGo(takenOf(url, one))))
      return ours ? takenOf(url, ours) : null
    }
  }

  /** Puts the letter back. */
  async letGo({ url, receipt }: Taken): Promise<void> {
    const back = { QueueUrl: url, ReceiptHandle: receipt, VisibilityTimeout: 0 }
    await this.sqs.send(new ChangeMessageVisibilityCommand(back))
  }

  async drop({ url, receipt }: Taken): Promise<void> {
    await this.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: receipt }))
  }

  /** Its address; null where there is none. A list of none is no error, so that one can look for a queue. */
  async find(): Promise<string | null> {
    if (this.url !== null) return this.url
    const { QueueUrls = [] } = await this.sqs.send(
      new ListQueuesCommand({ QueueNamePrefix: DEAD_LETTER_QUEUE }),
    )
    this.url = QueueUrls.find((url) => url.endsWith(`/${DEAD_LETTER_QUEUE}`)) ?? null
    return this.url
  }

  private async receive(url: string): Promise<Message[]> {
    // Waiting a second asks all of SQS's servers; without it some letters would not be seen.
    const asked = {
      QueueUrl: url,
      MaxNumberOfMessages: MOST_AT_ONCE,
      VisibilityTimeout: HELD_S,
      WaitTimeSeconds: 1,
    }
    return (await this.sqs.send(new ReceiveMessageCommand(asked))).Messages ?? []
  }
}

function takenOf(url: string, { ReceiptHandle: receipt = '' }: Message): Taken {
  return { url, receipt }
}
