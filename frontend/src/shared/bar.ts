/** All that a page's components may need of the bar, made once per page and handed to them by `useBar()`. */
import { inject, onScopeDispose, type InjectionKey } from 'vue'

import { createApi, type Api } from './api/api'
import { createHttp } from './api/http'
import { createCognito } from './auth/cognito'
import { createSession, type Session } from './auth/session'
import { createClock, type Clock } from './clock'
import type { Configuration } from './configuration'
import type { Follower } from './realtime/followers'
import { Realtime } from './realtime/realtime'

export interface Bar {
  configuration: Configuration
  /** The shop that this page is about. */
  eventId: string
  clock: Clock
  session: Session
  api: Api
  realtime: Realtime
}

export const barKey: InjectionKey<Bar> = Symbol('bar')

/** @param page - the page's name, under which its session is kept. */
export function createBar(page: string, configuration: Configuration, eventId: string): Bar {
  const clock = createClock()
  const session = createSession(page, createCognito(configuration), clock)
  const api = createApi(createHttp(configuration.apiUrl, session, clock), eventId)
  const token = () => session.token()
  const realtime = new Realtime({ url: configuration.realtimeUrl, eventId, token, now: clock.now })
  return { configuration, eventId, clock, session, api, realtime }
}

/** The bar; only in the setup of a component. */
export function useBar(): Bar {
  const bar = inject(barKey)
  if (!bar) throw new Error('useBar() needs a page that was started with startPage()')
  return bar
}

/** Follows the bar's events while the component lives; see `Follower` for what the two functions are for. */
export function useEvents(follower: Follower): void {
  onScopeDispose(useBar().realtime.follow(follower))
}
