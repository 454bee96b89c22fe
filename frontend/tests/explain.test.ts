import { defineComponent, h } from 'vue'
import { expect, it } from 'vitest'

import { Problem } from '@/shared/api/problems'
import { useExplain } from '@/shared/texts/explain'

import { fakeBar, mountWithBar } from './mounting'

function explained(code: string, message: string): string {
  const Shown = defineComponent({
    setup() {
      const { title, detail } = useExplain()(new Problem(400, code, message))
      return () => h('p', `${title}|${detail ?? ''}`)
    },
  })
  return mountWithBar(Shown, fakeBar()).text()
}

it.each([
  ['ShopClosed', 'the shop is closed', 'The shop is closed.|'],
  ['InvalidOrder', 'no such milk', 'This drink cannot be ordered so.|The bar says: no such milk'],
  ['BadRequest', 'maxItems', /^The bar did not understand this page.*\|The bar says: maxItems$/],
  ['OfTomorrow', 'new rule', 'That did not work.|The bar says: new rule'],
])('%s is told in the person’s words; the bar’s own follow as what they are', (code, message, words) => {
  expect(explained(code, message)).toEqual(typeof words === 'string' ? words : expect.stringMatching(words))
})
