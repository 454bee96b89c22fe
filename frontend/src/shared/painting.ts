/** Lets the browser paint, and hear a touch, before what takes long. */
export async function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

/** After what is there now has been painted; never while nobody looks at the page. */
export async function nextPaint(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
}
