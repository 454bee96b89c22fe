/** When somebody has to sign the screen in again, if that is soon. */
import { useIntervalFn } from '@vueuse/core'
import { readonly, ref, type Ref } from 'vue'

import { useBar } from '@/shared/bar'

import { endsSoon } from './sign-in-end'

const CHECK_EVERY_MS = 60 * 60_000

export function useSignInEnd(): Readonly<Ref<number | null>> {
  const { session, clock } = useBar()
  const end = ref<number | null>(null)

  async function check(): Promise<void> {
    const token = await session.token()
    end.value = token ? endsSoon(token, clock.now()) : null
  }
  useIntervalFn(() => void check().catch(() => undefined), CHECK_EVERY_MS, { immediateCallback: true })
  return readonly(end)
}
