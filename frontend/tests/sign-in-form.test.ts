import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { Problem } from '@/shared/api/problems'
import { stillAwaited } from '@/shared/auth/awaited-code'
import type { Session } from '@/shared/auth/session'
import SignInForm from '@/shared/components/SignInForm.vue'

import { fakeBar, mountWithBar } from './mounting'

const CHALLENGE = { address: 'ana@example.com', session: 'one' }

function form(session: Partial<Session> = {}) {
  const begin = vi.fn<Session['begin']>(async () => CHALLENGE)
  const answer = vi.fn<Session['answer']>(async () => null)
  const page = mountWithBar(SignInForm, fakeBar({ session: { begin, answer, ...session } }))
  return { page, begin, answer }
}

async function askForCode({ page }: ReturnType<typeof form>, address = 'ana@example.com') {
  await page.get('#sign-in-address').setValue(address)
  await page.get('form').trigger('submit')
  await flushPromises()
}

afterEach(() => sessionStorage.clear())

describe('signing in', () => {
  it('still awaits the code after a reload, with the tries that are left', async () => {
    const before = form()
    await askForCode(before)
    before.answer.mockResolvedValueOnce({ ...CHALLENGE, session: 'two' })
    await before.page.get('#sign-in-code').setValue('000000')
    await flushPromises()
    before.page.unmount()
    const after = form()
    expect(after.page.text()).toContain('six digits to ana@example.com')
    await after.page.get('#sign-in-code').setValue('123456')
    await flushPromises()
    expect(after.answer.mock.calls[0]?.[0]).toMatchObject({ ...CHALLENGE, session: 'two' })
    after.page.unmount()
    expect(form().page.find('#sign-in-code').exists()).toBe(false)
  })

  it('awaits no code that has died meanwhile', () => {
    const sent = { ...CHALLENGE, triesLeft: 3, sentTs: 1_000 }
    expect(stillAwaited(JSON.stringify(sent), 1_000 + 5 * 60_000 - 1)).toEqual(sent)
    expect(stillAwaited(JSON.stringify(sent), 1_000 + 5 * 60_000)).toBeNull()
    expect(stillAwaited('{}', 1_000)).toBeNull()
  })

  it('sends a code to the address', async () => {
    const shown = form()
    await askForCode(shown)
    expect(shown.begin).toHaveBeenCalledWith('ana@example.com')
    expect(shown.page.text()).toContain('six digits to ana@example.com')
  })

  it('says so when the address is none, and asks nobody', async () => {
    const shown = form()
    await askForCode(shown, 'ana')
    expect(shown.page.get('[role=alert]').text()).toBe('This does not look like an e-mail address.')
    expect(shown.begin).not.toHaveBeenCalled()
  })

  it('shows the way to the letters of a bar that runs on this machine', async () => {
    const shown = form()
    await askForCode(shown)
    const way = shown.page.get('a').attributes('href')
    expect(way).toBe('http://bar.test/pages/backstage/index.html#/messages')
  })

  it('answers by itself when six digits are there', async () => {
    const shown = form()
    await askForCode(shown)
    await shown.page.get('#sign-in-code').setValue('123 456')
    expect(shown.answer).toHaveBeenCalledExactlyOnceWith(CHALLENGE, '123456')
  })

  it('counts the tries down, and ends with the last one', async () => {
    const shown = form()
    await askForCode(shown)
    shown.answer.mockResolvedValueOnce({ ...CHALLENGE, session: 'two' })
    await shown.page.get('#sign-in-code').setValue('000000')
    await flushPromises()
    expect(shown.page.get('#sign-in-code-said').text()).toBe('That is not the code. 2 more tries.')

    shown.answer.mockRejectedValueOnce(new Problem(400, 'SignedOut', 'Incorrect username or password.'))
    await shown.page.get('#sign-in-code').setValue('000000')
    await flushPromises()
    expect(shown.page.get('#sign-in-code-said').text()).toContain('Please ask for a new one')
    expect(shown.page.get('#sign-in-code').attributes('disabled')).toBeDefined()
  })

  it('says what is wrong when no code could be sent', async () => {
    const begin: Session['begin'] = async () => {
      throw new Problem(400, 'TooManyCodes', 'too many codes')
    }
    const shown = form({ begin })
    await askForCode(shown)
    expect(shown.page.text()).toContain('Too many wrong codes for this address.')
  })
})
