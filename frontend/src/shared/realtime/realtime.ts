/**
 * Hears of the bar's events as they happen, and knows when some may have been missed.
 *
 * Whoever follows gives two functions: `message` for each event, and `catchUp`, which reads the state anew. `catchUp` is
 * called at once, after each gap, every few seconds while there is no connection, and now and then while there is one, for
 * a message may get lost: so a follower that puts its reading into `catchUp` is right with a network that comes and goes,
 * and even where there is no WebSocket at all.
 */
import ReconnectingWebSocket from 'partysocket/ws'
import { readonly, ref, type Ref } from 'vue'

import { Followers, type Follower } from './followers'
import { replaceAt } from './good-until'
import { keepHeartbeat, type Heartbeat } from './heartbeat'
import { parseMessage } from './messages'
import { watchDoubts } from './doubts'

/** `polling`: there is no WebSocket to connect to, followers catch up every few seconds. */
export type ConnectionStatus = 'off' | 'polling' | 'connecting' | 'connected'

export interface RealtimeOptions {
  /** `realtimeUrl` of the configuration; without one, followers catch up every few seconds. */
  url: string | null | undefined
  eventId: string
  /** A good token, asked for at every connection; null if nobody is signed in. */
  token: () => Promise<string | null>
  /** The bar's time, ms since 1970, by which tokens end. */
  now?: () => number
  WebSocket?: typeof globalThis.WebSocket
  /** How often followers catch up while nothing is heard, ms. */
  catchUpEveryMs?: number
}

/** How often followers catch up though all seems well. */
const MAKE_GOOD_EVERY_MS = 90_000
/** Asked often rather than waited for: a timer stands still with the machine, while the token ends. */
const LOOK_AT_END_EVERY_MS = 5000
const PING = JSON.stringify({ action: 'ping' })

export class Realtime {
  readonly #status = ref<ConnectionStatus>('off')
  readonly #followers = new Followers()
  #socket: ReconnectingWebSocket | null = null
  #heartbeat: Heartbeat | null = null
  /** When the connection is to be replaced, by the bar's time. */
  #replaceAt = Infinity
  #ends: (() => void)[] = []

  readonly status: Readonly<Ref<ConnectionStatus>> = readonly(this.#status)

  constructor(private readonly options: RealtimeOptions) {}

  /** Follows until the returned function is called. */
  follow(follower: Follower): () => void {
    return this.#followers.add(follower)
  }

  open(): void {
    if (this.#status.value !== 'off') return
    const { url, catchUpEveryMs = 5000 } = this.options
    this.#status.value = url ? 'connecting' : 'polling'
    this.#followers.wake()
    this.#socket = url ? this.#connect(url) : null
    this.#ends = [
      every(catchUpEveryMs, () => !this.#isConnected() && this.#catchUp()),
      every(MAKE_GOOD_EVERY_MS, () => this.#isConnected() && this.#catchUp()),
      every(LOOK_AT_END_EVERY_MS, () => this.#replaceInTime()),
      watchDoubts(() => this.#doubted()),
    ]
  }

  close(): void {
    this.#ends.splice(0).forEach((end) => end())
    this.#followers.rest()
    this.#socket?.close()
    this.#disconnected()
    this.#socket = null
    this.#status.value = 'off'
  }

  #connect(url: string): ReconnectingWebSocket {
    const { WebSocket } = this.options
    const socket = new ReconnectingWebSocket(() => this.#address(url), [], {
      maxReconnectionDelay: 10_000,
      maxEnqueuedMessages: 0,
      ...(WebSocket && { WebSocket }),
    })
    socket.addEventListener('open', () => this.#connected())
    socket.addEventListener('close', () => this.#disconnected())
    socket.addEventListener('message', ({ data }: MessageEvent) => this.#heard(data))
    return socket
  }

  async #address(url: string): Promise<string> {
    const { token, eventId } = this.options
    const held = (await token()) ?? ''
    this.#replaceAt = replaceAt(held, this.#now())
    return `${url}?${query({ token: held, eventId })}`
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

  #replaceInTime(): void {
    if (this.#isConnected() && this.#now() >= this.#replaceAt) this.#reconnect()
  }

  #heard(text: unknown): void {
    this.#heartbeat?.heard()
    const message = parseMessage(text)
    if (message) this.#followers.tell(message)
  }

  /** A phone that slept or lost its network may hold a connection that is long dead. */
  #doubted(): void {
    this.#reconnect()
    this.#catchUp()
  }

  #catchUp(): void {
    this.#followers.catchUp()
  }

  #now(): number {
    return (this.options.now ?? Date.now)()
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
