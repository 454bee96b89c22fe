import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import StartupProblem from '@/shared/components/StartupProblem.vue'

import { answering, configuration, json } from './fakes'
import { fakeBar, mountWithBar } from './mounting'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})
enableAutoUnmount(afterEach)

function started(...answers: (Response | Error)[]) {
  const { fetch } = answering(...answers)
  vi.stubGlobal('fetch', fetch)
  const reload = vi.spyOn(location, 'reload').mockImplementation(() => undefined)
  const page = mountWithBar(StartupProblem, fakeBar(), { message: 'Failed to fetch' })
  return { page, fetch, reload }
}

describe('a page that had no configuration to start with', () => {
  it('starts by itself as soon as there is one', async () => {
    const { fetch, reload } = started(new TypeError('Failed to fetch'), json({}, 404), json(configuration))
    await vi.advanceTimersByTimeAsync(10_000)
    expect(fetch).toHaveBeenCalledTimes(2)
    expect(reload).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(reload).toHaveBeenCalledOnce()
  })

  it('says what is wrong, and starts when it is told to', async () => {
    const { page, reload } = started()
    expect(page.text()).toContain('Failed to fetch')
    await page.get('button').trigger('click')
    expect(reload).toHaveBeenCalledOnce()
  })

  it('looks no more when it is gone', async () => {
    const { page, fetch } = started()
    page.unmount()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(fetch).not.toHaveBeenCalled()
  })
})
