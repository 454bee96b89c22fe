/** What is said before anybody listens: words and questions of a page whose `PageOverlays` are still on their way. */
import ConfirmationEventBus from 'primevue/confirmationeventbus'
import ToastEventBus from 'primevue/toasteventbus'
import { onScopeDispose } from 'vue'

const SAID = [
  { bus: ToastEventBus, event: 'add' },
  { bus: ConfirmationEventBus, event: 'confirm' },
] as const

/** Keeps what is said from now on; the function that it gives says it again, and keeps no more. */
export function keepEarlyWords(): () => void {
  const kept = SAID.map(({ bus, event }) => keep(bus, event))
  const end = () => kept.flatMap((one) => one.end())
  onScopeDispose(end)
  return () => end().forEach((say) => say())
}

/** Keeps until its end, which gives what says it again. */
function keep(bus: (typeof SAID)[number]['bus'], event: string): { end: () => (() => void)[] } {
  const words: unknown[] = []
  const hear = (said: unknown) => void words.push(said)
  bus.on(event, hear)
  return {
    end() {
      bus.off(event, hear)
      return words.splice(0).map((said) => () => bus.emit(event, said))
    },
  }
}
