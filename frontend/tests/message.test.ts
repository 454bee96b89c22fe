// @vitest-environment node
import { expect, it } from 'vitest'

import { mailsOf, textMessagesOf } from '@/shared/post/message'

const letter = (Id: string, text_part: string | null) => ({
  Id,
  Destination: { ToAddresses: ['ana@example.com'] },
  Subject: 'Your code',
  Body: { text_part, html_part: null },
  Timestamp: '2026-11-23T03:52:36',
})

it('the newest mail comes first, with its code and its time in UTC', () => {
  const answer = { messages: [letter('old', '111111 is your code.'), letter('new', '222222 is your code.')] }
  expect(mailsOf(answer)).toMatchObject([
    { id: 'new', to: 'ana@example.com', code: '222222', ts: Date.UTC(2026, 10, 23, 3, 52, 36) },
    { id: 'old', code: '111111' },
  ])
})

it.each(['no code here', '1234567 is too long', null])('a mail that says %j has no code', (text) => {
  expect(mailsOf({ messages: [letter('a', text)] })[0]?.code).toBeNull()
})

it('the newest text message of a number comes first', () => {
  const sms_messages = {
    '+34600': [
      { MessageId: '1', Message: '111111 is your code.' },
      { MessageId: '2', Message: '222222 is your code.' },
    ],
  }
  expect(textMessagesOf({ sms_messages }).map(({ to, code }) => [to, code])).toEqual([
    ['+34600', '222222'],
    ['+34600', '111111'],
  ])
})

it('there are none where LocalStack knows of none', () => {
  expect([...mailsOf(undefined), ...textMessagesOf(undefined)]).toEqual([])
})
