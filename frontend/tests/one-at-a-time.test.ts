// @vitest-environment node
import { describe, expect, it } from 'vitest'

import { oneAtATime } from '@/shared/one-at-a-time'

describe('work that is done one at a time', () => {
  it('is done once more, and only once, however often it is asked for meanwhile', async () => {
    const ends: (() => void)[] = []
    const work = oneAtATime((_: string) => new Promise<void>((resolve) => ends.push(resolve)))
    const all = Promise.all([work('a'), work('a'), work('a'), work('b')])
    expect(ends).toHaveLength(2)
    ends.splice(0).forEach((end) => end())
    await expect.poll(() => ends.length).toBe(1)
    ends.splice(0).forEach((end) => end())
    await all
    expect(ends).toHaveLength(0)
  })

  it('needs no key where there is but one thing to do', async () => {
    let times = 0
    const work = oneAtATime(async () => void (times += 1))
    await Promise.all([work(), work()])
    expect(times).toBe(2)
  })

  it('can be asked for again after it failed', async () => {
    let tries = 0
    const work = oneAtATime(async (_: string) => {
      tries += 1
      if (tries === 1) throw new Error('no')
    })
    await expect(work('a')).rejects.toThrow('no')
    await work('a')
    expect(tries).toBe(2)
  })
})
