/** Brings people who do not see the screen to what is new on it. */
import { nextTick } from 'vue'

/** Moves the focus to the screen's heading, once it is there, and shows the screen from its top. */
export async function focusHeading(): Promise<void> {
  await nextTick()
  const heading = document.querySelector<HTMLElement>('main h1')
  if (!heading) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
  scrollTo({ top: 0 })
}
