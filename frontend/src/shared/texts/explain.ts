/** A problem in the person's words. */
import { useI18n } from 'vue-i18n'

import { PROBLEM_CODES, type Problem } from '../api/problems'

export interface Explanation {
  title: string
  /** The API's own words, which are English, where they say more than the title: which drink, which line of a menu. */
  detail: string | null
}

const TELLING: ReadonlySet<string> = new Set(['InvalidMenu', 'InvalidOrder', 'BadRequest'])
const KNOWN: ReadonlySet<string> = new Set(PROBLEM_CODES)

export function useExplain(): (problem: Problem) => Explanation {
  const { t } = useI18n()
  return ({ code, message }) => {
    const known = KNOWN.has(code)
    return {
      title: t(`shared.problems.${known ? code : 'other'}`),
      detail: message && (!known || TELLING.has(code)) ? t('shared.notice.said', { message }) : null,
    }
  }
}
