/** Short sounds, made by the browser: no file is loaded for them. */

import { readonly, ref } from 'vue'

let audio: AudioContext | null = null
const isHeard = ref(false)

/** Whether `playTones` sounds now: not before the person has touched the page, and not while the system holds it back. */
export const tonesAreHeard = readonly(isHeard)

/** Makes `playTones` sound later on: browsers let a page sound only after the person has touched it. */
export async function unlockTones(): Promise<void> {
  audio ??= watched(new AudioContext())
  await audio.resume()
}

function watched(context: AudioContext): AudioContext {
  context.addEventListener('statechange', () => (isHeard.value = context.state === 'running'))
  return context
}

/**
 * Plays tones one after the other; nothing while the page may not sound.
 *
 * @param tones - their frequencies, Hz.
 * @param seconds - from one to the next.
 */
export function playTones(tones: readonly number[], seconds: number): void {
  if (audio?.state !== 'running') return
  for (const [place, frequency] of tones.entries()) {
    playTone(audio, frequency, audio.currentTime + place * seconds, 2 * seconds)
  }
}

function playTone(context: AudioContext, frequency: number, start: number, seconds: number): void {
  const tone = new OscillatorNode(context, { frequency })
  const volume = new GainNode(context, { gain: 0 })
  volume.gain.setValueAtTime(0, start)
  volume.gain.linearRampToValueAtTime(0.4, start + 0.02)
  volume.gain.exponentialRampToValueAtTime(0.001, start + seconds)
  tone.connect(volume).connect(context.destination)
  tone.start(start)
  tone.stop(start + seconds)
}
