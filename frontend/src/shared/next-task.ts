/** Lets the browser paint, and hear a touch, before what takes long. */
export async function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
