/** Questions before something that cannot be undone. `PageShell` shows them. */
import { useConfirm } from 'primevue/useconfirm'
import { watch } from 'vue'
import { useI18n } from 'vue-i18n'

import { useBar } from './bar'

export interface Question {
  title: string
  text: string
  /** What the buttons say; Yes and No by default. Name the deed: "Cancel the order", "Keep it". */
  yes?: string
  no?: string
  /** Whether a yes destroys something. */
  dangerous?: boolean
}

/** Asks and gives the answer. Leaving the question by Escape is a no, and so is signing out: nobody else answers it. */
export function useQuestion(): (question: Question) => Promise<boolean> {
  const { t } = useI18n()
  const confirm = useConfirm()
  const { session } = useBar()
  let refuse: (() => void) | undefined
  watch(
    () => session.person.value?.userId,
    () => {
      confirm.close()
      refuse?.()
    },
    { flush: 'sync' }, // whoever asked is gone with the person
  )
  return ({ title, text, yes, no, dangerous = false }) =>
    new Promise((answer) => {
      refuse = () => answer(false)
      confirm.require({
        header: title,
        message: text,
        acceptProps: { label: yes ?? t('shared.confirm.yes'), severity: dangerous ? 'danger' : 'primary' },
        rejectProps: { label: no ?? t('shared.confirm.no'), severity: 'secondary' },
        defaultFocus: dangerous ? 'reject' : 'accept',
        accept: () => answer(true),
        reject: () => answer(false),
        onHide: () => answer(false),
      })
    })
}
