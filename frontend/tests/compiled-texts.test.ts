// @vitest-environment node
import { expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'

import { compiled, compiledTexts } from '../tools/vite/compiled-texts'

const TEXTS = {
  hello: 'Hello',
  deep: { name: 'Hello {name}', at: "ana{'@'}example.com" },
  drinks: 'no drink | one drink | {count} drinks',
}

/** What a page says by the texts. */
function speaker(messages: object): (key: string, given?: number | Record<string, string>) => string {
  const i18n = createI18n({ legacy: false, locale: 'en', messages: {} })
  i18n.global.setLocaleMessage('en', messages)
  const { t } = i18n.global as unknown as { t: (key: string, given: unknown) => string }
  return (key, given = {}) => t(key, given)
}

it('texts that were taken apart say what the texts said', () => {
  const plain = speaker(TEXTS)
  const t = speaker(compiled(TEXTS))
  expect(t('hello')).toBe('Hello')
  expect(t('deep.name', { name: 'Ana' })).toBe('Hello Ana')
  expect(t('deep.at')).toBe('ana@example.com')
  for (const count of [0, 1, 7]) expect(t('drinks', count)).toBe(plain('drinks', count))
  expect(t('drinks', 7)).toBe('7 drinks')
})

it('a text that cannot be read fails the build, and is named', () => {
  expect(() => compiled({ hello: 'Hello {name' })).toThrow('Hello {name')
})

it("takes the pages' texts apart, and no other JSON", () => {
  const transform = compiledTexts().transform as unknown as (code: string, id: string) => unknown
  expect(transform('{"hello":"Hello"}', '/frontend/src/locales/en/order.json')).toEqual({
    code: JSON.stringify(compiled({ hello: 'Hello' })),
    map: null,
  })
  expect(transform('{"name":"x"}', '/frontend/package.json')).toBeNull()
})
