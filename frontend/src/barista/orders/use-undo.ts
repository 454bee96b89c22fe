/** Undoes what a barista did, step by step, and says so when the bar says no. */
import { useI18n } from 'vue-i18n'

import { useWords } from '@/shared/words'

import { useBarista } from '../barista'
import type { Undo } from './undos'

export function useUndo(): (undo: Undo) => Promise<void> {
  const { t } = useI18n()
  const { board, undos } = useBarista()
  const words = useWords()

  return async (undo) => {
    undos.drop(undo)
    for (const step of undo.back) {
      const problem = await board.move(undo.order, step)
      if (!problem) continue
      words.regret(problem, t('barista.undo.not', { number: undo.order.orderNumber ?? '–' }))
      return
    }
  }
}
