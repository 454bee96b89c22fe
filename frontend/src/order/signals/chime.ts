/** A sound for a drink that is ready; off until the customer turns it on. */
import { useLocalStorage } from '@vueuse/core'
import type { Ref } from 'vue'

const TONES_HZ = [659.25, 783.99, 1046.5]
const TONE_S = 0.22

let audio: AudioContext | null = null

/** Whether the customer wants to hear it; kept for the next visit. */
export function useChimeWanted(): Ref<boolean> {
  return useLocalStorage('serverlesspresso.order.sound', false)
}

/** Makes `playChime` sound later on: browsers let a page sound only after the person has touched it. */
export async function unlockChime(): Promise<void> {
  audio ??= new AudioContext()
  await audio.resume()
}

export function playChime(): void {
  if (audio?.state !== 'running') return
  for (const [place, frequency] of TONES_HZ.entries()) {
    playTone(audio, frequency, audio.currentTime + place * TONE_S)
  }
}

function playTone(context: AudioContext, frequency: number, start: number): void {
  const end = start + 2 * TONE_S
  const tone = new OscillatorNode(context, { frequency })
  const volume = new GainNode(context, { gain: 0 })
  volume.gain.setValueAtTime(0, start)
  volume.gain.linearRampToValueAtTime(0.4, start + 0.02)
  volume.gain.exponentialRampToValueAtTime(0.001, end)
  tone.connect(volume).connect(context.destination)
  tone.start(start)
  tone.stop(end)
}
