// @vitest-environment node
import { expect, it } from 'vitest'

import { parseScan, scanLink } from '@/shared/scan-link'

const PAGE = 'http://bar.test/pages/order/index.html'

it('what the display draws is what the camera reads', () => {
  const scan = { eventId: 'Café & Co', code: 'a-_1+b/c=d' }
  expect(parseScan(scanLink(PAGE, scan))).toEqual(scan)
})

it('the code stands where no server sees it', () => {
  expect(new URL(scanLink(PAGE, { eventId: 'ABC', code: 'secret' })).search).toBe('')
})

it("the original's codes are understood", () => {
  expect(parseScan('https://order.test/?eventId=ABC&token=0123456789')).toEqual({
    eventId: 'ABC',
    code: '0123456789',
  })
})

it.each(['', 'hello', 'https://example.com/', `${PAGE}#/scan?eventId=ABC`])(
  '%j is no code of ours',
  (text) => {
    expect(parseScan(text)).toBeNull()
  },
)
