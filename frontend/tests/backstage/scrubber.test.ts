import { expect, it } from 'vitest'
import { nextTick } from 'vue'

import StepScrubber from '@/backstage/steps/StepScrubber.vue'

import { fakeBar, mountWithBar } from '../mounting'

it('arrow keys go from step to step; with a key beside they are the browser’s, such as Alt for the page before', async () => {
  const scrubber = mountWithBar(StepScrubber, fakeBar(), { modelValue: 1, count: 3, words: '' })
  const press = async (keys: KeyboardEventInit) => {
    const event = new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true, cancelable: true, ...keys })
    document.body.dispatchEvent(event)
    await nextTick()
    return [event.defaultPrevented, scrubber.emitted('update:modelValue')?.at(-1)]
  }
  for (const key of ['altKey', 'ctrlKey', 'metaKey', 'shiftKey']) {
    expect(await press({ [key]: true })).toEqual([false, undefined])
  }
  expect(await press({})).toEqual([true, [0]])
})
