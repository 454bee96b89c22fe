import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { reloadWhenReplaced } from '@/shared/replaced'

const fetch = vi.fn<() => Promise<Response>>()
const reload = vi.fn<() => void>()
reloadWhenReplaced(() => reload()) // once, as a page does

/** A part of the page cannot be loaded. */
async function miss(): Promise<void> {
  dispatchEvent(new Event('vite:preloadError', { cancelable: true }))
  await vi.advanceTimersByTimeAsync(0)
}

beforeEach(() => {
  sessionStorage.clear()
  vi.useFakeTimers()
  vi.stubGlobal('fetch', fetch)
  fetch.mockReset().mockImplementation(async () => new Response('<html>'))
  reload.mockReset()
})
afterEach(() => void vi.useRealTimers())

describe('a page that was deployed anew', () => {
  it('is loaded again when a part of it is gone, and once only where that does not help', async () => {
    await miss()
    await miss()
    expect(reload).toHaveBeenCalledOnce()
  })

  it('is loaded again after the next deployment as well', async () => {
    await miss()
    await vi.advanceTimersByTimeAsync(61_000)
    await miss()
    expect(reload).toHaveBeenCalledTimes(2)
  })

  it('stays as it is as long as the page itself cannot be had, and is loaded again once it can', async () => {
    fetch.mockRejectedValueOnce(new TypeError('Failed to fetch'))
    await miss()
    fetch.mockResolvedValueOnce(new Response('', { status: 404 }))
    await vi.advanceTimersToNextTimerAsync()
    expect(reload).not.toHaveBeenCalled()
    await vi.advanceTimersToNextTimerAsync()
    expect(reload).toHaveBeenCalledOnce()
    expect(vi.getTimerCount()).toBe(0)
  })
})
