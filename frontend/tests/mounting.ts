/** Mounts a component as a page would: texts, PrimeVue, and a bar that the test makes. */
import { mount } from '@vue/test-utils'
import PrimeVue from 'primevue/config'
import ConfirmationService from 'primevue/confirmationservice'
import ToastService from 'primevue/toastservice'
import { computed, shallowRef, type Component, type Plugin } from 'vue'
import { createI18n } from 'vue-i18n'

import type { Api } from '@/shared/api/api'
import type { Session, SignedIn } from '@/shared/auth/session'
import { barKey, type Bar } from '@/shared/bar'
import { createClock } from '@/shared/clock'
import { Realtime } from '@/shared/realtime/realtime'

import { configuration } from './fakes'

const files = import.meta.glob<Record<string, object>>('../src/locales/en/*.json', {
  eager: true,
  import: 'default',
})

export const ana: SignedIn = {
  address: 'ana@example.com',
  userId: 'customer-1',
  isBarista: false,
  expiresTs: Number.MAX_SAFE_INTEGER,
}

interface Given {
  person?: SignedIn | null
  session?: Partial<Session>
  /** Only the routes that the test is about. */
  api?: Partial<Api>
}

/** A bar without a network. Its realtime follows nobody; tell its followers by hand. */
export function fakeBar({ person = null, session = {}, api = {} }: Given = {}): Bar {
  const signedIn = shallowRef(person)
  const nothing = async () => {
    throw new Error('the test did not expect this')
  }
  return {
    configuration,
    eventId: 'ABC',
    clock: createClock(),
    session: {
      person: computed(() => signedIn.value),
      token: async () => 'token',
      renew: nothing,
      begin: nothing,
      answer: nothing,
      signOut: async () => void (signedIn.value = null),
      ...session,
    },
    api: api as Api,
    realtime: new Realtime({ url: null, eventId: 'ABC', token: async () => null }),
  }
}

/** @param plugins - what the page brings itself, such as its router. */
export function mountWithBar(
  component: Component,
  bar: Bar,
  props: Record<string, unknown> = {},
  plugins: Plugin[] = [],
) {
  const messages = { en: Object.assign({}, ...Object.values(files)) as Record<string, never> }
  const i18n = createI18n({ legacy: false, locale: 'en', messages })
  return mount(component, {
    props,
    attachTo: document.body,
    global: {
      plugins: [i18n, PrimeVue, ToastService, ConfirmationService, ...plugins],
      provide: { [barKey as symbol]: bar },
    },
  })
}
