/** Asks before changes that nobody saved are left behind. */
import { useEventListener } from '@vueuse/core'
import { useI18n } from 'vue-i18n'
import { onBeforeRouteLeave } from 'vue-router'

import { useQuestion } from '@/shared/confirm'

/** Only in the setup of a screen. */
export function useLeaving(isChanged: () => boolean): void {
  const { t } = useI18n()
  const ask = useQuestion()
  onBeforeRouteLeave(() => {
    if (!isChanged()) return true
    return ask({
      title: t('barista.form.leaving.title'),
      text: t('barista.form.leaving.text'),
      yes: t('barista.form.discard'),
      no: t('barista.form.leaving.stay'),
      dangerous: true,
    })
  })
  useEventListener('beforeunload', (event) => {
    if (isChanged()) event.preventDefault()
  })
}
