/** Replays letters that the person has chosen, and says what came of each. */
import { ref, shallowRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'

import { useQuestion } from '@/shared/confirm'
import { useExplain } from '@/shared/texts/explain'

import { cloudProblem } from '../cloud/problem'
import { NotDone, useAgain } from './again'
import type { DeadLetter } from './dead-letter'
import type { LetterQueue } from './letter-queue'
import { replay, type Replayed } from './replay'

export interface Outcome {
  letterId: string
  isDone: boolean
  text: string
}

export interface Replay {
  /** Newest first. */
  outcomes: Readonly<Ref<readonly Outcome[]>>
  running: Readonly<Ref<boolean>>
  /** Asks first. */
  start: (letters: readonly DeadLetter[]) => Promise<void>
}

/** @param after - called when all of them are through. */
export function useReplay(queue: LetterQueue, after: () => void): Replay {
  const { t } = useI18n()
  const ask = useQuestion()
  const explain = useExplain()
  const again = useAgain()
  const outcomes = shallowRef<readonly Outcome[]>([])
  const running = ref(false)

  /** A call is done later, and may fail; a start is done once the execution is there; a batch was waited for. */
  function happened({ work, target }: DeadLetter, what: string): string {
    if (work.kind === 'start') return t('backstage.deadLetters.started', { what, target })
    if (work.kind === 'batch') return t('backstage.deadLetters.taken', { what, target })
    return t('backstage.deadLetters.sent', { what, target })
  }

  async function why(error: unknown): Promise<string> {
    if (error instanceof NotDone) {
      const said = error.said.replace(/\.$/, '') || t('backstage.deadLetters.unsaid')
      return t(`backstage.replays.${error.why}`, { said })
    }
    const { title, detail } = explain(await cloudProblem(error))
    return [title, detail].filter(Boolean).join(' ')
  }

  async function told({ letter, refusal }: Replayed<DeadLetter>): Promise<Outcome> {
    const letterId = letter.id
    const what = letter.detailType || t('backstage.deadLetters.records')
    if (refusal === null) return { letterId, isDone: true, text: happened(letter, what) }
    const text = t('backstage.deadLetters.failed', { what, why: await why(refusal) })
    return { letterId, isDone: false, text }
  }

  async function start(letters: readonly DeadLetter[]): Promise<void> {
    if (running.value || !(await ask(question(letters)))) return
    running.value = true
    try {
      for await (const one of replay(queue, again, letters)) {
        outcomes.value = [await told(one), ...outcomes.value]
      }
    } finally {
      running.value = false
      after()
    }
  }

  function question(letters: readonly DeadLetter[]) {
    const targets = [...new Set(letters.map(({ target }) => target))].join(', ')
    return {
      title: t('backstage.deadLetters.ask', letters.length),
      text: t('backstage.deadLetters.askText', { targets }),
      yes: t('backstage.deadLetters.again'),
      no: t('backstage.deadLetters.no'),
    }
  }

  return { outcomes, running, start }
}
