/** The queue of dead letters: how many, and taking some out of it. Knows no rule about letters. */
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'

import { useClient } from '../cloud/client'
import { DEAD_LETTER_QUEUE } from '../cloud/names'

/** Longer than any of the bar's functions may take; a page that is closed half-way hides no letter for more. */
const HELD_S = 60
const MOST_AT_ONCE = 10 // SQS gives no more
const COUNTS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const

/** A letter that nobody else gets meanwhile. */
export interface Taken {
  id: string
  url: string
  receipt: string
}

export function useLetterQueue(): LetterQueue {
  // A queue's address names a host that only the local cloud's own machine may know; where it answers, we know.
  return new LetterQueue(useClient(SQSClient, { useQueueUrlAsEndpoint: false }))
}

export class LetterQueue {
  private url: string | null = null
  private readonly inHand = new Set<Taken>()

  constructor(private readonly sqs: Pick<SQSClient, 'send'>) {}

  /** How many letters there are, those in somebody's hands included; null where there is no such queue. */
  async count(): Promise<number | null> {
    const url = await this.find()
    if (url === null) return null
    const asked = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...COUNTS] })
    const { Attributes = {} } = await this.sqs.send(asked)
    return COUNTS.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0)
  }

  /**
   * Takes these letters as the queue gives them, one when the one before is through: one walk for all of them. Those that
   * are in somebody else's hands are not among them.
   *
   * All that it took is held anew before each of them, however long those before it took: else the queue would give to
   * others what waits here, and to us once more what was through. What nobody dropped is put back in the end, also where
   * the queue fails half-way.
   */
  async *take(ids: readonly string[]): AsyncGenerator<Taken, void> {
    const url = await this.find()
    if (url === null) return
    const wanted = new Set(ids)
    const seen = new Set<string>()
    try {
      while (wanted.size > 0) {
        const fresh = (await this.receive(url)).filter(({ id }) => !seen.has(id))
        if (fresh.length === 0) return // none is left, or the queue gives again what we hold
        for (const { id } of fresh) seen.add(id)
        for (const one of fresh) if (wanted.delete(one.id) && (await this.isHeld(one))) yield one
      }
    } finally {
      await this.letAllGo(url)
    }
  }

  /** Holds anew all that is in hand, and says whether this letter is still among it. */
  private async isHeld(taken: Taken): Promise<boolean> {
    const lost = (await Promise.all(this.hide(taken.url, HELD_S))).flat()
    for (const one of lost) this.inHand.delete(one)
    return this.inHand.has(taken)
  }

  /** Where that is refused, the queue puts the letter back by itself, only later. */
  private async letAllGo(url: string): Promise<void> {
    const all = this.hide(url, 0)
    this.inHand.clear()
    await Promise.allSettled(all)
  }

  /**
   * Hides all that is in hand for so long from now on, as many at once as SQS takes.
   *
   * @returns of each so many those that are in hand no more.
   */
  private hide(url: string, seconds: number): Promise<Taken[]>[] {
    const all = [...this.inHand]
    const starts = all.flatMap((_, place) => (place % MOST_AT_ONCE === 0 ? place : []))
    return starts.map((start) => this.hideThese(url, all.slice(start, start + MOST_AT_ONCE), seconds))
  }

  private async hideThese(QueueUrl: string, these: readonly Taken[], seconds: number): Promise<Taken[]> {
    const Entries = these.map(({ receipt }, place) => ({
      Id: place.toString(),
      ReceiptHandle: receipt,
      VisibilityTimeout: seconds,
    }))
    const asked = new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries })
    const { Failed = [] } = await this.sqs.send(asked)
    return these.filter((_, place) => Failed.some(({ Id }) => Id === place.toString()))
  }

  async drop(taken: Taken): Promise<void> {
    await this.sqs.send(new DeleteMessageCommand({ QueueUrl: taken.url, ReceiptHandle: taken.receipt }))
    this.inHand.delete(taken)
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

  private async receive(url: string): Promise<Taken[]> {
    // Waiting a second asks all of SQS's servers; without it some letters would not be seen.
    const asked = {
      QueueUrl: url,
      MaxNumberOfMessages: MOST_AT_ONCE,
      VisibilityTimeout: HELD_S,
      WaitTimeSeconds: 1,
    }
    const { Messages = [] } = await this.sqs.send(new ReceiveMessageCommand(asked))
    const given = Messages.map((one) => ({ id: one.MessageId ?? '', url, receipt: one.ReceiptHandle ?? '' }))
    for (const one of given) this.inHand.add(one)
    return given
  }
}
