/** The bell that rings for a new order; off until the barista turns it on. */
import { useLocalStorage } from '@vueuse/core'
import type { Ref } from 'vue'

import { playTones } from '@/shared/tones'

const DING_DONG_HZ = [1318.5, 1046.5]

/** Whether the barista wants to hear it; kept for the next visit. */
export function useBellWanted(): Ref<boolean> {
  return useLocalStorage('serverlesspresso.barista.bell', false)
}

export function ring(): void {
  playTones(DING_DONG_HZ, 0.25)
}
