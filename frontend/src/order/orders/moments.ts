/** Moments as the person's language writes them: "3 May, 10:32". */
import { useI18n } from 'vue-i18n'

const DAY_AND_TIME = { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' } as const

/** @returns how to write a moment (ms since 1970). */
export function useMoment(): (ts: number) => string {
  const { d } = useI18n()
  return (ts) => d(ts, DAY_AND_TIME)
}
