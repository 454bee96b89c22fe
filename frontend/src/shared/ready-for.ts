/** How long a drink that was finished is shown as ready; whoever has not come by then is called by name. */
export const READY_FOR_MS = 10 * 60_000
