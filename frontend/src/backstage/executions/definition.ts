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
