/** Keeps the screen from going dark, where the browser lets a page do so (not on plain http from another machine). */
import { useIntervalFn, useWakeLock } from '@vueuse/core'

const CHECK_EVERY_MS = 60_000 // the browser takes it back when it likes, as with an empty battery

export function useAwake(): void {
  const { isSupported, isActive, request } = useWakeLock()
  const keep = () => {
    if (isSupported.value && !isActive.value) void request('screen').catch(() => undefined)
  }
  useIntervalFn(keep, CHECK_EVERY_MS, { immediateCallback: true })
}
