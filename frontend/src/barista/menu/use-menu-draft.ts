/** The menu that a barista works on, and what to do when another one changed it meanwhile. */
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'

import type { MenuItem } from '@/shared/api/contract'

import { draftOf, isSameMenu, menuOf, type DraftDrink } from './menu-draft'

export interface MenuDraft {
  drinks: Ref<DraftDrink[]>
  /** Whether there is something to save. */
  isChanged: ComputedRef<boolean>
  /** Whether another barista changed the menu since this one began. */
  isOutdated: ComputedRef<boolean>
  /** Begins anew from the menu as it is. */
  discard: () => void
  /** Keeps what was done, though another barista changed the menu. */
  insist: () => void
}

/** @param menu - as the bar last told it. */
export function useMenuDraft(menu: () => readonly MenuItem[]): MenuDraft {
  const base = shallowRef<readonly MenuItem[]>(menu())
  const drinks = ref<DraftDrink[]>(draftOf(base.value))
  const isChanged = computed(() => !isSameMenu(menuOf(drinks.value), base.value))
  const isOutdated = computed(() => !isSameMenu(menu(), base.value))

  function discard(): void {
    base.value = menu()
    drinks.value = draftOf(base.value)
  }

  // Nothing is lost where nothing was done yet, or where the menu is what this barista just saved.
  watch(menu, (now) => {
    if (isSameMenu(menuOf(drinks.value), now)) base.value = now
    else if (isOutdated.value && !isChanged.value) discard()
  })
  return { drinks, isChanged, isOutdated, discard, insist: () => (base.value = menu()) }
}
