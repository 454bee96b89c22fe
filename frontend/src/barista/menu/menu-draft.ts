/** A menu while a barista works on it. Pure. Each part has a key, so that it stays the same part wherever it moves. */
import type { MenuItem } from '@/shared/api/contract'

export interface DraftOption {
  key: number
  text: string
}

export interface DraftModifier {
  key: number
  name: string
  options: DraftOption[]
}

export interface DraftDrink {
  key: number
  drink: string
  icon: string
  available: boolean
  modifiers: DraftModifier[]
}

let lastKey = 0

function nextKey(): number {
  lastKey += 1
  return lastKey
}

export function newOption(text = ''): DraftOption {
  return { key: nextKey(), text }
}

export function newModifier(name = '', options = ['']): DraftModifier {
  return { key: nextKey(), name, options: options.map((option) => newOption(option)) }
}

export function newDrink(icon: string): DraftDrink {
  return { key: nextKey(), drink: '', icon, available: true, modifiers: [] }
}

export function draftOf(menu: readonly MenuItem[]): DraftDrink[] {
  return menu.map(({ modifiers, ...item }) => ({
    ...item,
    key: nextKey(),
    modifiers: modifiers.map(({ Name, Options }) => newModifier(Name, Options)),
  }))
}

/** The menu as it is sent; blanks around names are nobody's intention. */
export function menuOf(draft: readonly DraftDrink[]): MenuItem[] {
  return draft.map(({ drink, icon, available, modifiers }) => ({
    drink: drink.trim(),
    icon,
    available,
    modifiers: modifiers.map(({ name, options }) => ({
      Name: name.trim(),
      Options: options.map(({ text }) => text.trim()),
    })),
  }))
}

export function isSameMenu(one: readonly MenuItem[], other: readonly MenuItem[]): boolean {
  return JSON.stringify(menuOf(draftOf(one))) === JSON.stringify(menuOf(draftOf(other)))
}

/** With the part at `place` one further up (-1) or down (1). */
export function shifted<Part>(parts: readonly Part[], place: number, by: -1 | 1): Part[] {
  const order = [...parts]
  const [part] = order.splice(place, 1)
  if (part !== undefined) order.splice(place + by, 0, part)
  return order
}
