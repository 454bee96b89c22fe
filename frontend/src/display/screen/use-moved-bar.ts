/**
 * Follows a bar that was deployed anew and answers elsewhere: its old addresses are silent or say no for ever, and nobody
 * is there to reload the page.
 */
import { useIntervalFn } from '@vueuse/core'

import { useBar } from '@/shared/bar'
import { readConfiguration, type Configuration } from '@/shared/configuration'

const ASK_EVERY_MS = 30_000

/**
 * @param isLost - whether the bar does not answer as it should.
 * @param move - goes to where the bar is now.
 */
export function useMovedBar(isLost: () => boolean, read = readConfiguration, move = reload): void {
  const { configuration } = useBar()
  useIntervalFn(() => {
    if (isLost()) void read().then((found) => isOther(found, configuration) && move(), ignore)
  }, ASK_EVERY_MS)
}

function isOther(found: Configuration, known: Configuration): boolean {
  return JSON.stringify(found) !== JSON.stringify(known)
}

function reload(): void {
  location.reload()
}

const ignore = () => undefined // the pages cannot be reached either: no move
