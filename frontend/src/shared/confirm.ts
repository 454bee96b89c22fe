/** Questions before something that cannot be undone. `PageShell` shows them. */
import { useConfirm } from 'primevue/useconfirm'
import { useI18n } from 'vue-i18n'

export interface Question {
  title: string
  text: string
  /** What the buttons say; Yes and No by default. Name the deed: "Cancel the order", "Keep it". */
  yes?: string
  no?: string
  /** Whether a yes destroys something. */
  dangerous?: boolean
}

/** Asks and gives the answer; leaving the question by Escape is a no. */
export function useQuestion(): (question: Question) => Promise<boolean> {
  const { t } = useI18n()
  const confirm = useConfirm()
  return ({ title, text, yes, no, dangerous = false }) =>
    new Promise((answer) => {
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
