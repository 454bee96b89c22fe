/** A record of a table's stream. Pure. https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
import type { _Record } from '@aws-sdk/client-dynamodb-streams'

export function numberOf({ dynamodb }: _Record): bigint {
  return BigInt(dynamodb?.SequenceNumber ?? -1)
}

/** The record as Lambda hands it to a function: times as seconds, and the stream's ARN beside. */
export function asEvent(record: _Record, eventSourceARN: string): Record<string, unknown> {
  const { ApproximateCreationDateTime: created, ...change } = record.dynamodb ?? {}
  const dynamodb = { ...change, ...(created && { ApproximateCreationDateTime: created.getTime() / 1000 }) }
  return { ...record, dynamodb, eventSourceARN }
}
