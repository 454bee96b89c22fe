/** Notices of the phone itself, for who does not look at the page: asked for once, after an order was placed. */
import { useLocalStorage } from '@vueuse/core'
import { computed, readonly, ref, type ComputedRef, type Ref } from 'vue'

const canNotify = () => 'Notification' in window && window.isSecureContext
const permission = ref(canNotify() ? Notification.permission : 'denied')

export interface NoticeOffer {
  /** Whether the person was not asked yet. */
  isOpen: ComputedRef<boolean>
  permission: Readonly<Ref<NotificationPermission>>
  accept: () => Promise<void>
  decline: () => void
}

export function useNoticeOffer(): NoticeOffer {
  const wasAsked = useLocalStorage('serverlesspresso.order.asked-for-notices', false)
  return {
    isOpen: computed(() => permission.value === 'default' && !wasAsked.value),
    permission: readonly(permission),
    async accept() {
      wasAsked.value = true
      permission.value = await Notification.requestPermission()
    },
    decline: () => (wasAsked.value = true),
  }
}

/** Shows a notice where it may and nobody looks at the page. @param about - a later notice about the same replaces it. */
export function notify(title: string, about: string): void {
  if (!canNotify() || Notification.permission !== 'granted' || document.visibilityState === 'visible') return
  try {
    const notice = new Notification(title, { tag: about })
    notice.onclick = () => window.focus()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    void showByWorker(title, about).catch(() => undefined) // the page says it itself, too
  }
}

/** Where a browser takes them from service workers only: Chrome on Android throws at the constructor. */
async function showByWorker(title: string, about: string): Promise<void> {
  await navigator.serviceWorker.register('../notices.js')
  const registration = await navigator.serviceWorker.ready
  const page = location.href.split('#')[0]
  await registration.showNotification(title, { tag: about, data: { page } })
}
