import { flushPromises, type DOMWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { Problem } from '@/shared/api/problems'
import { stillAwaited } from '@/shared/auth/awaited-code'
import type { Session } from '@/shared/auth/session'
import SignInForm from '@/shared/components/SignInForm.vue'

import { json } from './fakes'
import { fakeBar, mountWithBar } from './mounting'

const CHALLENGE = { address: 'ana@example.com', session: 'one' }

function form(session: Partial<Session> = {}) {
  const begin = vi.fn<Session['begin']>(async () => CHALLENGE)
  const answer = vi.fn<Session['answer']>(async () => null)
  const page = mountWithBar(SignInForm, fakeBar({ session: { begin, answer, ...session } }))
  return { page, begin, answer }
}

function button({ page }: Pick<ReturnType<typeof form>, 'page'>, label: string) {
  return page.findAll('button').find((one) => one.text() === label) as DOMWrapper<Element>
}

async function askForCode({ page }: Pick<ReturnType<typeof form>, 'page'>, address = 'ana@example.com') {
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

  it('shows the letter of a bar that runs on this machine, and types its code', async () => {
    const letter = (to: string, text_part: string) => ({
      Id: text_part,
      Destination: { ToAddresses: [to] },
      Subject: 'Your code',
      Body: { text_part },
      Timestamp: '2026-11-23T03:52:36',
    })
    const messages = [
      letter('Ana@example.com', '123456 is your code.'),
      letter('bo@example.com', '654321 is your code.'),
    ]
    const fetch = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => json({ messages }))
    const shown = form()
    await askForCode(shown)
    await button(shown, 'Show me the letter').trigger('click')
    await vi.waitFor(() => expect(shown.page.text()).toContain('123456 is your code.'))
    expect(fetch).toHaveBeenCalledExactlyOnceWith('http://bar.test/_aws/ses', { headers: {} })
    expect(shown.page.text()).not.toContain('654321')
    await button(shown, 'Use code 123456').trigger('click')
    expect(shown.answer).toHaveBeenCalledExactlyOnceWith(CHALLENGE, '123456')
  })

  it('says that no letter has come yet, and looks again', async () => {
    vi.spyOn(globalThis, 'fetch').mockImplementation(async () => json({}, 404))
    const shown = form()
    await askForCode(shown)
    await button(shown, 'Show me the letter').trigger('click')
    await vi.waitFor(() => expect(shown.page.text()).toContain('No letter has come to this browser yet.'))
    expect(button(shown, 'Show me the letter').exists()).toBe(true)
  })

  it('has no letter to show where the bar is on AWS', async () => {
    const bar = fakeBar({ session: { begin: async () => CHALLENGE } })
    const page = mountWithBar(SignInForm, {
      ...bar,
      configuration: { ...bar.configuration, local: undefined },
    })
    await askForCode({ page })
    expect(page.text()).toContain('six digits')
    expect(page.text()).not.toContain('letter')
  })

  it('offers a phone only where text messages are sent', async () => {
    expect(form().page.text()).toContain('Phone')
    const bar = fakeBar({ session: { begin: async () => CHALLENGE } })
    const page = mountWithBar(SignInForm, {
      ...bar,
      configuration: { ...bar.configuration, textMessages: false },
    })
    expect(page.text()).not.toContain('Phone')
    expect(page.get('label').text()).toBe('E-mail address')
    await askForCode({ page })
    expect(page.text()).toContain('six digits to ana@example.com')
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
