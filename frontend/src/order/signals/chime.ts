/** A sound for a drink that is ready; off until the customer turns it on. */
import { useLocalStorage } from '@vueuse/core'
import type { Ref } from 'vue'

import { playTones } from '@/shared/tones'

const TONES_HZ = [659.25, 783.99, 1046.5]
const TONE_S = 0.22

/** Whether the customer wants to hear it; kept for the next visit. */
export function useChimeWanted(): Ref<boolean> {
  return useLocalStorage('serverlesspresso.order.sound', false)
}

export function playChime(): void {
  playTones(TONES_HZ, TONE_S)
}
