import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'

import PageShell from '@/shared/components/PageShell.vue'
import { useQuestion } from '@/shared/confirm'
import { useWords } from '@/shared/words'

import { ana, fakeBar, mountWithBar } from './mounting'

it('shows once what is said, and asks what is asked, before there is anything to show it in', async () => {
  const answered = vi.fn()
  const Hasty = defineComponent(() => {
    useWords().tell('Your drink is ready')
    void useQuestion()({ title: 'Cancel the order?', text: 'It is being made.' }).then(answered)
    return () => h('p')
  })
  const page = mountWithBar(
    defineComponent(() => () => h(PageShell, { title: 'Order' }, { default: () => h(Hasty) })),
    fakeBar(),
  )
  expect(document.body.textContent).not.toContain('Your drink is ready')
  await vi.waitFor(async () => {
    await flushPromises()
    expect(document.body.textContent).toContain('Your drink is ready')
    expect(document.body.textContent).toContain('Cancel the order?')
  })
  expect(document.querySelectorAll('.p-toast-message')).toHaveLength(1)
  expect(answered).not.toHaveBeenCalled()
  page.unmount()
})

it('takes back what somebody was asked when they sign out, or somebody else signs in', async () => {
  const answered = vi.fn()
  const Asking = defineComponent(() => {
    void useQuestion()({ title: 'Cancel the order?', text: 'It is being made.' }).then(answered)
    return () => h('p')
  })
  const bar = fakeBar({ person: ana })
  const page = mountWithBar(
    defineComponent(() => () => h(PageShell, { title: 'Barista' }, { default: () => h(Asking) })),
    bar,
  )
  await vi.waitFor(() => expect(document.body.textContent).toContain('Cancel the order?'))
  await bar.session.signOut()
  await vi.waitFor(() => expect(document.body.textContent).not.toContain('Cancel the order?'))
  expect(answered).toHaveBeenCalledExactlyOnceWith(false)
  page.unmount()
})
