/** How pictures of boxes and arrows behave: they are moved and made larger, and nobody changes them. */
import { ConnectionMode } from '@vue-flow/core'

export const LOOKED_AT = {
  connectionMode: ConnectionMode.Loose,
  minZoom: 0.3,
  maxZoom: 2,
  panOnScroll: true,
  nodesDraggable: false,
  nodesConnectable: false,
  nodesFocusable: false,
  edgesFocusable: false,
  elementsSelectable: false,
  disableKeyboardA11y: true, // else each box is told to be chosen and moved by keys, in English
} as const

/** What a box holds says what it is; the library calls each a "node". */
export const AS_BOX = { 'aria-roledescription': undefined } as const
