/** A picture for each step of the workshop in which a workflow grows. Pure. */
import type { Definition } from '../../src/backstage/executions/definition.ts'
import { pictureOf } from './picture.ts'

/**
 * The SVGs by their files' names.
 *
 * @param steps - the workflow after each step, in their order; `python -m workshop.step_workflows` prints it.
 */
export function picturesOf(steps: Readonly<Record<string, Definition>>): Map<string, string> {
  let before = new Set<string>()
  return new Map(
    Object.entries(steps).map(([step, definition]) => {
      const picture = pictureOf(definition, before)
      before = new Set(Object.keys(definition.States))
      return [`${step}.svg`, picture]
    }),
  )
}
