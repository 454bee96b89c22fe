/** What of the graph is seen: all of it where it can be read so, else what is around the state that it has come to. */
import { useVueFlow } from '@vue-flow/core'
import type { Ref } from 'vue'

import { middleOf, sizeOf, type Place } from './layout'

/** Names are 15 px high at 1: no less than 12.6, for they are read from a projector. */
const LEAST_ZOOM = 0.84
/** Arrows go around the outer columns. */
const PADDING = { x: '20px', y: '6px' } as const
/** Around the graph where not all of it is seen, px. */
const MARGIN = 12

/** @param current - the state that the execution has come to; null before the first. */
export function useReadableView(
  places: Readonly<Ref<ReadonlyMap<string, Place>>>,
  current: Readonly<Ref<string | null>>,
) {
  const { dimensions, fitView, onNodesInitialized, setCenter, vueFlowRef } = useVueFlow()

  async function show(): Promise<void> {
    await fitView({ padding: PADDING, minZoom: LEAST_ZOOM })
    const { width, height } = sizeOf(places.value)
    const hidden = {
      x: Math.max(0, width - dimensions.value.width / LEAST_ZOOM),
      y: Math.max(0, height - dimensions.value.height / LEAST_ZOOM),
    }
    const place = places.value.get(current.value ?? '')
    if (!place || hidden.x + hidden.y === 0) return
    const [whole, state] = [middleOf(places.value.values()), middleOf([place])]
    const along = (axis: 'x' | 'y') =>
      near(state[axis], whole[axis], hidden[axis] / 2 + (hidden[axis] && MARGIN))
    await setCenter(along('x'), along('y'), { zoom: LEAST_ZOOM })
  }

  return { onNodesInitialized, vueFlowRef, show: () => void show() }
}

/** What is wanted, or else what is nearest to it within `reach` of the middle. */
function near(wanted: number, middle: number, reach: number): number {
  return Math.min(Math.max(wanted, middle - reach), middle + reach)
}
