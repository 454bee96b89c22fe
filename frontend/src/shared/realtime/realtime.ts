/**
 * Hears of the bar's events as they happen, and knows when some may have been missed.
 *
 * Whoever follows gives two functions: `message` for each event, and `catchUp`, which reads the state anew. `catchUp` is
 * called at once, after each gap, and every few seconds while there is no connection: so a follower that puts its
 * reading into `catchUp` is right with a network that comes and goes, and even where there is no WebSocket at all.
 */
import ReconnectingWebSocket from 'partysocket/ws'
import { readonly, ref, type Ref } from 'vue'

import { keepHeartbeat, type Heartbeat } from './heartbeat'
import { parseMessage, type Message } from './messages'
import { watchReturns } from './returns'

/** `polling`: there is no WebSocket to connect to, followers catch up every few seconds. */
export type ConnectionStatus = 'off' | 'polling' | 'connecting' | 'connected'

export interface Follower {
  message: (message: Message) => void
  catchUp: () => void
}

export interface RealtimeOptions {
  /** `realtimeUrl` of the configuration; without one, followers catch up every few seconds. */
  url: string | null | undefined
  eventId: string
  /** A good token, asked for at every connection; null if nobody is signed in. */
  token: () => Promise<string | null>
  WebSocket?: typeof globalThis.WebSocket
  /** How often followers catch up while nothing is heard, ms. */
  catchUpEveryMs?: number
}

const PING = JSON.stringify({ action: 'ping' })

export class Realtime {
  readonly #status = ref<ConnectionStatus>('off')
  readonly #followers = new Set<Follower>()
  #socket: ReconnectingWebSocket | null = null
  #heartbeat: Heartbeat | null = null
  #ends: (() => void)[] = []

  readonly status: Readonly<Ref<ConnectionStatus>> = readonly(this.#status)

  constructor(private readonly options: RealtimeOptions) {}

  /** Follows until the returned function is called. */
  follow(follower: Follower): () => void {
    this.#followers.add(follower)
    follower.catchUp()
    return () => this.#followers.delete(follower)
  }

  open(): void {
    if (this.#status.value !== 'off') return
    const { url, catchUpEveryMs = 5000 } = this.options
    this.#status.value = url ? 'connecting' : 'polling'
    this.#socket = url ? this.#connect(url) : null
    this.#ends = [
      every(catchUpEveryMs, () => !this.#isConnected() && this.#catchUp()),
      watchReturns(() => this.#returned()),
    ]
  }

  close(): void {
    this.#ends.splice(0).forEach((end) => end())
    this.#socket?.close()
    this.#disconnected()
    this.#socket = null
    this.#status.value = 'off'
  }

  #connect(url: string): ReconnectingWebSocket {
    const { WebSocket, token, eventId } = this.options
    const address = async () => `${url}?${query({ token: (await token()) ?? '', eventId })}`
    const socket = new ReconnectingWebSocket(address, [], {
      maxReconnectionDelay: 10_000,
      maxEnqueuedMessages: 0,
      ...(WebSocket && { WebSocket }),
    })
    socket.addEventListener('open', () => this.#connected())
    socket.addEventListener('close', () => this.#disconnected())
    socket.addEventListener('message', ({ data }: MessageEvent) => this.#heard(data))
    return socket
  }

  #connected(): void {
    this.#heartbeat?.end()
    this.#heartbeat = keepHeartbeat(
      () => this.#socket?.send(PING),
      () => this.#reconnect(),
    )
    this.#status.value = 'connected'
    this.#catchUp()
  }

  #disconnected(): void {
    this.#heartbeat?.end()
    this.#heartbeat = null
    if (this.#isConnected()) this.#status.value = 'connecting'
  }

  #reconnect(): void {
    this.#disconnected() // a socket that is closing already would not say so
    this.#socket?.reconnect()
  }

  #heard(text: unknown): void {
    this.#heartbeat?.heard()
    const message = parseMessage(text)
    if (message) this.#followers.forEach((follower) => follower.message(message))
  }

  /** A phone that slept may hold a connection that is long dead. */
  #returned(): void {
    this.#reconnect()
    this.#catchUp()
  }

  #catchUp(): void {
    this.#followers.forEach((follower) => follower.catchUp())
  }

  #isConnected(): boolean {
    return this.#status.value === 'connected'
  }
}

function every(ms: number, work: () => unknown): () => void {
  const timer = setInterval(work, ms)
  return () => clearInterval(timer)
}

function query(parameters: Record<string, string>): string {
  return new URLSearchParams(parameters).toString()
}
