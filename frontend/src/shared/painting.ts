/** When to do what takes long, so that the browser paints and hears touches before. */
import { onMounted, shallowRef, type Ref } from 'vue'

/** Lets the browser paint, and hear a touch, before what takes long. */
export async function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

/** False until the component has been painted: for what its first look does without. */
export function useIsPainted(): Readonly<Ref<boolean>> {
  const isPainted = shallowRef(false)
  onMounted(() => requestAnimationFrame(() => setTimeout(() => (isPainted.value = true))))
  return isPainted
}
