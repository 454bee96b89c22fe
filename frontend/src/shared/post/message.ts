/** Mails and text messages that stay on this machine. Pure. */
import * as v from 'valibot'

export interface Message {
  id: string
  to: string
  subject: string
  text: string
  /** ms since 1970; null for a text message, of which LocalStack keeps no time. */
  ts: number | null
  /** The sign-in code in it. */
  code: string | null
}

const Letters = v.object({
  messages: v.array(
    v.object({
      Id: v.string(),
      Destination: v.object({ ToAddresses: v.optional(v.array(v.string()), []) }),
      Subject: v.optional(v.string(), ''),
      Body: v.object({ text_part: v.nullish(v.string(), '') }),
      Timestamp: v.string(),
    }),
  ),
})

const TextMessages = v.object({
  sms_messages: v.record(v.string(), v.array(v.object({ MessageId: v.string(), Message: v.string() }))),
})

/** @param answer - of `/_aws/ses`; undefined where none was sent. Newest first. */
export function mailsOf(answer: unknown): Message[] {
  const parsed = v.safeParse(Letters, answer)
  const letters = parsed.success ? parsed.output.messages : []
  return letters
    .map(({ Id, Destination, Subject, Body, Timestamp }) => ({
      id: Id,
      to: Destination.ToAddresses.join(', '),
      subject: Subject,
      text: Body.text_part,
      ts: Date.parse(`${Timestamp}Z`), // UTC, though it does not say so
      code: codeIn(Body.text_part),
    }))
    .reverse()
}

/** @param answer - of `/_aws/sns/sms-messages`; undefined where none was sent. The newest of each number first. */
export function textMessagesOf(answer: unknown): Message[] {
  const parsed = v.safeParse(TextMessages, answer)
  const byNumber = parsed.success ? Object.entries(parsed.output.sms_messages) : []
  return byNumber.flatMap(([to, messages]) =>
    messages
      .map(({ MessageId, Message: text }) => ({
        id: MessageId,
        to,
        subject: '',
        text,
        ts: null,
        code: codeIn(text),
      }))
      .reverse(),
  )
}

function codeIn(text: string): string | null {
  return /\b\d{6}\b/.exec(text)?.[0] ?? null
}
