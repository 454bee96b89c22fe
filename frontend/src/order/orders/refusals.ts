/** Why a code becomes no order, in words that say what to do. */
import { useI18n } from 'vue-i18n'

import type { Problem } from '@/shared/api/problems'

/** The refusals that have words here: `order.refusals.<code>` in the texts. `other` stands for all else. */
export const REFUSAL_KEYS = [
  'InvalidCode',
  'NoTokensRemaining',
  'BarFull',
  'OrderLimitReached',
  'Unreachable',
  'NotFound',
  'other',
] as const

const KNOWN: ReadonlySet<string> = new Set(REFUSAL_KEYS)
const PASSING: ReadonlySet<string> = new Set(['NoTokensRemaining', 'BarFull'])
const FOR_ANOTHER_CODE: ReadonlySet<string> = new Set(['InvalidCode', 'NoTokensRemaining', 'NotFound'])

export interface RefusalWords {
  title: string
  text: string
  /** Whether it is nobody's fault and only takes a while. */
  isPassing: boolean
  /** Whether the same code may do later. */
  canRetry: boolean
}

export function useRefusals(): (problem: Pick<Problem, 'code'>) => RefusalWords {
  const { t } = useI18n()
  return ({ code }) => {
    const key = KNOWN.has(code) ? code : 'other'
    return {
      title: t(`order.refusals.${key}.title`),
      text: t(`order.refusals.${key}.text`),
      isPassing: PASSING.has(code),
      canRetry: !FOR_ANOTHER_CODE.has(code),
    }
  }
}
