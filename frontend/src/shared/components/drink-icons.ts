/** The drinks that have a picture, by the `icon` of the menu: a cup and what is in it, from the bottom up. */

export type CupShape = 'demitasse' | 'cup' | 'bowl'

export interface DrinkPicture {
  cup: CupShape
  /** Parts of the cup's height and what fills them. */
  layers: readonly { of: Filling; part: number }[]
  /** How many shots of espresso: one bean each beside the cup. */
  shots?: 1 | 2
}

export type Filling = 'coffee' | 'water' | 'milk' | 'foam'

export const FILLINGS: Readonly<Record<Filling, string>> = {
  coffee: '#5b2f17',
  water: '#9a6238',
  milk: '#d9b48f',
  foam: '#fdf3e4',
}

export const DRINK_PICTURES = {
  icon_americano: {
    cup: 'cup',
    layers: [
      { of: 'coffee', part: 0.35 },
      { of: 'water', part: 0.5 },
    ],
  },
  icon_flat_white: {
    cup: 'cup',
    layers: [
      { of: 'coffee', part: 0.35 },
      { of: 'milk', part: 0.45 },
      { of: 'foam', part: 0.1 },
    ],
  },
  icon_cappuccino: {
    cup: 'bowl',
    layers: [
      { of: 'coffee', part: 0.3 },
      { of: 'milk', part: 0.3 },
      { of: 'foam', part: 0.4 },
    ],
  },
  icon_latte: {
    cup: 'cup',
    layers: [
      { of: 'coffee', part: 0.25 },
      { of: 'milk', part: 0.6 },
      { of: 'foam', part: 0.15 },
    ],
  },
  icon_single_espresso: { cup: 'demitasse', layers: [{ of: 'coffee', part: 0.55 }], shots: 1 },
  icon_double_espresso: { cup: 'demitasse', layers: [{ of: 'coffee', part: 0.85 }], shots: 2 },
} as const satisfies Record<string, DrinkPicture>

const PLAIN: DrinkPicture = { cup: 'cup', layers: [{ of: 'coffee', part: 0.8 }] }

/** The picture of a drink; a plain cup of coffee for an icon that nobody drew. */
export function pictureOf(icon: string): DrinkPicture {
  return (DRINK_PICTURES as Record<string, DrinkPicture>)[icon] ?? PLAIN
}
