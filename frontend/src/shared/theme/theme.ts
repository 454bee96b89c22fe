/** Light or dark: as the system has it, or as the person chose. */
import { useColorMode } from '@vueuse/core'
import type { Ref } from 'vue'

export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** PrimeVue's dark look applies where this matches; `base.css` goes by the same attribute. */
export const DARK_SELECTOR = '[data-theme="dark"]'

/** What the person chose. Making it also puts the look in force on the page and follows the system. */
export function useTheme(): Ref<Theme> {
  const { store } = useColorMode({
    attribute: 'data-theme',
    storageKey: 'serverlesspresso.theme',
    disableTransition: false,
  })
  return store
}
