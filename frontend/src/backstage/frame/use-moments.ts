/** Moments in the person's language. */
import { useI18n } from 'vue-i18n'

/** Gives the time of day of a moment in ms since 1970: "14:05:09.120", or without its thousandths. */
export function useMoments(): (ts: number, precise?: boolean) => string {
  const { locale } = useI18n()
  return (ts, precise = false) =>
    new Intl.DateTimeFormat(locale.value, {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      ...(precise && { fractionalSecondDigits: 3 as const }),
    }).format(ts)
}
