/** How many numbers stand side by side, so that none is ever hidden: the more there are, the smaller each is. Pure. */

export interface NumberGrid {
  columns: number
  rows: number
}

/** Fewer would make numbers larger than anybody needs. */
const FEWEST_ROWS = 5
const MOST_IN_COLUMNS = [9, 24]

export function numberGrid(count: number): NumberGrid {
  const place = MOST_IN_COLUMNS.findIndex((most) => count <= most)
  const columns = place === -1 ? MOST_IN_COLUMNS.length + 1 : place + 1
  return { columns, rows: Math.max(FEWEST_ROWS, Math.ceil(count / columns)) }
}
