/** What a customer has picked of the menu so far. */
import { computed, reactive, ref, type ComputedRef, type Ref } from 'vue'

import type { Choice, MenuItem } from '@/shared/api/contract'

export interface Picking {
  /** The drinks to pick from. */
  drinks: ComputedRef<MenuItem[]>
  drink: Ref<string | null>
  /** The option picked of each question, by the question's name; kept when another drink asks the same. */
  options: Record<string, string>
  /** The drink that is picked; null when none is, or when it went from the menu meanwhile. */
  item: ComputedRef<MenuItem | null>
  choice: ComputedRef<Choice | null>
}

export function usePicking(menu: () => readonly MenuItem[]): Picking {
  const drink = ref<string | null>(null)
  const options = reactive<Record<string, string>>({})
  const drinks = computed(() => menu().filter(({ available }) => available))
  const item = computed(() => drinks.value.find((one) => one.drink === drink.value) ?? null)
  const choice = computed(
    () => item.value && { drink: item.value.drink, modifiers: pickedOf(item.value, options) },
  )
  return { drinks, drink, options, item, choice }
}

/** One question of a drink and what it may be answered with. */
export type Question = MenuItem['modifiers'][number]

/**
 * The answer to a question, of all that were picked: of several options the first, unless another was picked; a single one
 * is an extra, and only there when it was picked. Null for none.
 */
export function answerTo(
  { Name, Options }: Question,
  options: Readonly<Record<string, string>>,
): string | null {
  const picked = Options.find((option) => option === options[Name])
  return picked ?? (Options.length > 1 ? (Options[0] ?? null) : null)
}

/** The options that this drink comes with. */
export function pickedOf({ modifiers }: MenuItem, options: Readonly<Record<string, string>>): string[] {
  return modifiers.flatMap((question) => answerTo(question, options) ?? [])
}
