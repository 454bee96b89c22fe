/** What tests put in the place of the bar: answers without a network, tokens without a Cognito, a WebSocket by hand. */
import { vi } from 'vitest'

import type { Configuration } from '@/shared/configuration'
import type { AdminConfig, Order } from '@/shared/api/contract'

export const configuration: Configuration = {
  region: 'us-east-1',
  endpointUrl: 'http://bar.test',
  apiUrl: 'http://bar.test/api',
  realtimeUrl: 'ws://bar.test/realtime',
  userPoolId: 'us-east-1_pool',
  userPoolClientId: 'client',
  eventBusName: 'Serverlesspresso',
  orderProcessorArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:OrderProcessorWorkflow',
  frontends: {
    order: 'http://bar.test/pages/order/index.html',
    barista: 'http://bar.test/pages/barista/index.html',
    display: 'http://bar.test/pages/display/index.html',
    backstage: 'http://bar.test/pages/backstage/index.html',
  },
  homeUrl: 'http://bar.test/',
  textMessages: true,
  local: {
    lettersUrl: 'http://bar.test/_aws/ses',
    textMessagesUrl: 'http://bar.test/_aws/sns/sms-messages?region=us-east-1&accountId=000000000000',
  },
}

/** A shop that is open, and has nothing on its menu. */
export const adminConfig: AdminConfig = {
  eventId: 'ABC',
  storeOpen: true,
  menu: [],
  waitSeconds: 300,
  drinksPerBarcode: 10,
  maxOrdersInQueue: 20,
  maxOrdersPerUser: 1,
  customerWaitSeconds: 300,
  baristaWaitSeconds: 900,
  timeZone: 'UTC',
}

export const order: Order = {
  orderId: 'order-1',
  eventId: 'ABC',
  userId: 'customer-1',
  orderState: 'CREATED',
  drinkOrder: null,
  orderNumber: null,
  baristaUserId: null,
  reason: null,
  createdTs: 1_000,
  updatedTs: 1_000,
}

/** An access token of nobody's making, good until `expiresTs` (ms). */
export function accessToken(
  userId = 'customer-1',
  groups: string[] = [],
  expiresTs = Date.now() + 3_600_000,
): string {
  const claims = { sub: userId, 'cognito:groups': groups, exp: Math.floor(expiresTs / 1000) }
  return ['{}', JSON.stringify(claims), ''].map((part) => btoa(part)).join('.')
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  })
}

/** Answers the requests with these answers, one after the other, and keeps the requests. */
export function answering(...answers: (Response | Error)[]) {
  const requests: Request[] = []
  const fetch = vi.fn(async (input: RequestInfo | URL, init?: RequestInit) => {
    requests.push(input instanceof Request ? input.clone() : new Request(input, init))
    const answer = answers.shift()
    if (!answer) throw new Error('one request too many')
    if (answer instanceof Error) throw answer
    return answer
  })
  return { fetch, requests }
}

/** WebSockets whose far end the test is. */
export class FakeWebSocket extends EventTarget {
  static all: FakeWebSocket[] = []
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3

  readyState = FakeWebSocket.CONNECTING
  binaryType = 'blob'
  sent: string[] = []

  constructor(readonly url: string) {
    super()
    FakeWebSocket.all.push(this)
  }

  send(text: string): void {
    this.sent.push(text)
  }

  close(): void {
    this.readyState = FakeWebSocket.CLOSED
  }

  accept(): void {
    this.readyState = FakeWebSocket.OPEN
    this.dispatchEvent(new Event('open'))
  }

  say(message: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }))
  }

  drop(): void {
    this.readyState = FakeWebSocket.CLOSED
    this.dispatchEvent(new CloseEvent('close', { code: 1006 }))
  }
}
