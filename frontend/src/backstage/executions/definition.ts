/** A workflow in Amazon States Language, as far as a picture of it needs it. https://states-language.net/spec.html */

export interface Definition {
  Comment?: string
  StartAt: string
  States: Record<string, State>
}

export interface State {
  Type: string
  Comment?: string
  Resource?: string
  Next?: string
  End?: boolean
  /** A Choice's. */
  Choices?: { Next: string }[]
  Default?: string
  /** A Task's, a Parallel's, a Map's. */
  Catch?: { ErrorEquals: string[]; Next: string }[]
  /** A Parallel's. */
  Branches?: Definition[]
  /** A Map's; `Iterator` is its old name. */
  ItemProcessor?: Definition
  Iterator?: Definition
}

/** The workflows inside of a state. */
export function partsOf({ Branches = [], ItemProcessor, Iterator }: State): Definition[] {
  return [...Branches, ...[ItemProcessor ?? Iterator].filter((part) => part !== undefined)]
}

/** The state of this name, wherever in the workflow it is; names are unique in the whole of it. */
export function stateOf({ States }: Definition, name: string): State | null {
  for (const state of Object.values(States)) {
    for (const part of partsOf(state)) {
      const found = stateOf(part, name)
      if (found) return found
    }
  }
  return States[name] ?? null
}
