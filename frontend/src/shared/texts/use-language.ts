/** The language of a page and the choice of another one. */
import { computed, inject, type InjectionKey, type WritableComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'

import type { Language, PageTexts } from './texts'

export const speakKey: InjectionKey<PageTexts['speak']> = Symbol('speak')

/** The language as a model, for a control that shows and changes it. */
export function useLanguage(): WritableComputedRef<Language> {
  const { locale } = useI18n()
  const speak = inject(speakKey)
  return computed({
    get: () => locale.value as Language,
    set: (language) => void speak?.(language),
  })
}
