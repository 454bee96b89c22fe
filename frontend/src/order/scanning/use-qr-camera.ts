/** The phone's camera as a reader of QR codes. */
import { useIntervalFn } from '@vueuse/core'
import { onScopeDispose, readonly, ref, type Ref } from 'vue'

import { createQrDetector, type QrDetector } from './qr-detector'

/** `refused`: the person does not want it; `missing`: there is none, or this browser keeps it from the page. */
export type CameraState = 'off' | 'starting' | 'on' | 'refused' | 'missing'

export interface QrCamera {
  state: Readonly<Ref<CameraState>>
  start: () => Promise<void>
  stop: () => void
}

const LOOK_EVERY_MS = 150

/**
 * @param video - where the person sees what the camera sees.
 * @param read - is told the text of each code that comes into sight.
 */
export function useQrCamera(
  video: Readonly<Ref<HTMLVideoElement | null>>,
  read: (text: string) => void,
): QrCamera {
  const state = ref<CameraState>('off')
  let detector: QrDetector | null = null
  let stream: MediaStream | null = null
  let looking = false

  async function start(): Promise<void> {
    state.value = 'starting'
    try {
      stream = await openCamera()
      detector ??= await createQrDetector()
      if (!isStarting() || !video.value) {
        stop() // the person went on meanwhile
        return
      }
      video.value.srcObject = stream
      await video.value.play()
      state.value = 'on'
      resume()
    } catch (error) {
      stop()
      state.value = isRefusal(error) ? 'refused' : 'missing'
    }
  }

  const isStarting = () => state.value === 'starting'

  function stop(): void {
    pause()
    stream?.getTracks().forEach((track) => track.stop())
    stream = null
    state.value = 'off'
  }

  async function look(): Promise<void> {
    if (looking || !detector || !video.value || video.value.readyState < HTMLMediaElement.HAVE_CURRENT_DATA)
      return
    looking = true
    try {
      const [found] = await detector.detect(video.value)
      if (found && state.value === 'on') read(found.rawValue)
    } finally {
      looking = false
    }
  }

  const { pause, resume } = useIntervalFn(() => void look(), LOOK_EVERY_MS, { immediate: false })
  onScopeDispose(stop)
  return { state: readonly(state), start, stop }
}

/** The camera at the back, where there is one. Not there at all unless the page came by https or from this machine. */
async function openCamera(): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false })
}

function isRefusal(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotAllowedError'
}
