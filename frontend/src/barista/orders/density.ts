/** How large the tickets can be so that all of them are seen at once. Pure; lengths in CSS px. */

export const DENSITIES = ['roomy', 'snug', 'dense'] as const
export type Density = (typeof DENSITIES)[number]

export interface Area {
  width: number
  height: number
}

/** The least that a ticket needs; the styles of `OrderCard` and `BoardScreen` keep to it. */
export const TICKETS: Readonly<Record<Density, Area>> = {
  roomy: { width: 320, height: 178 },
  snug: { width: 180, height: 140 },
  dense: { width: 150, height: 108 },
}

/** Between two tickets. */
export const GAP = 6

/** The largest tickets of which so many fit; the smallest where none do. A phone is too small for that, and scrolls. */
export function densityFor(count: number, area: Area): Density {
  if (area.width < TICKETS.roomy.width + TICKETS.snug.width) return 'roomy'
  return DENSITIES.find((density) => capacity(TICKETS[density], area) >= count) ?? 'dense'
}

function capacity(ticket: Area, { width, height }: Area): number {
  return Math.floor((width + GAP) / (ticket.width + GAP)) * Math.floor((height + GAP) / (ticket.height + GAP))
}
