// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { nextTick, ref } from 'vue'

import { faultIn, isAt } from '@/barista/faults/fault'
import { byCount, byHour, byState, byWait } from '@/barista/insights/series'
import { changesIn, textsOf } from '@/barista/limits/limit-fields'
import { draftOf, menuOf, shifted } from '@/barista/menu/menu-draft'
import { useMenuDraft } from '@/barista/menu/use-menu-draft'
import type { MenuItem } from '@/shared/api/contract'
import { Problem } from '@/shared/api/problems'

import { adminConfig } from '../fakes'

const menu: MenuItem[] = [
  {
    drink: 'Flat White',
    icon: 'icon_flat_white',
    available: true,
    modifiers: [{ Name: 'Milk', Options: ['Regular', 'Oat'] }],
  },
  { drink: 'Americano', icon: 'icon_americano', available: false, modifiers: [] },
]

describe('the fault that the API names', () => {
  // As the API words them (chalicelib/http.py, chalicelib/shop/model.py).
  it.each([
    ['body.menu[1].drink must match pattern ^\\S(.{0,62}\\S)?$', ['menu', 1, 'drink'], 'name'],
    [
      'body.menu[0].modifiers[1].Options[2] must match pattern x',
      ['menu', 0, 'modifiers', 1, 'Options', 2],
      'name',
    ],
    [
      'body.menu[0].modifiers[0].Options must contain at least 1 items',
      ['menu', 0, 'modifiers', 0, 'Options'],
      'tooFew',
    ],
    ['body.menu must contain at least 1 items', ['menu'], 'tooFew'],
    ['body.menu[0].drink holds a character that cannot be seen (U+200B)', ['menu', 0, 'drink'], 'unseen'],
    ['body.menu must contain less than or equal to 100 items', ['menu'], 'tooMany'],
    ["body.menu[2].drink 'Latte' is on the menu twice", ['menu', 2, 'drink'], 'twice'],
    ["body.menu[2].modifiers has the option 'Oat' twice", ['menu', 2, 'modifiers'], 'twice'],
    ['body.drinksPerBarcode must be smaller than or equal to 1000', ['drinksPerBarcode'], 'tooLarge'],
    ['body.drinksPerBarcode must be bigger than or equal to 0', ['drinksPerBarcode'], 'tooSmall'],
    ['body.maxOrdersPerUser must be integer', ['maxOrdersPerUser'], 'whole'],
    ["body.timeZone 'Mars' is not a time zone such as Europe/Madrid", ['timeZone'], 'timeZone'],
    ['body.menu[0] must not contain {x}', ['menu', 0], 'other'],
  ])('%s', (message, path, kind) => {
    const fault = faultIn(new Problem(400, 'BadRequest', message))
    expect(fault).toMatchObject({ path, kind })
    expect(isAt(fault, path)).toBe(true)
  })

  it('is none where something else went wrong', () => {
    expect(faultIn(new Problem(0, 'Unreachable', ''))).toBeNull()
    expect(faultIn(new Problem(403, 'Forbidden', 'body.menu is not yours'))).toBeNull()
  })
})

describe('a menu that is worked on', () => {
  it('is sent as it came, but for blanks around names', () => {
    expect(menuOf(draftOf(menu))).toEqual(menu)
    const [drink] = draftOf([{ ...menu[1], drink: '  Long black ' } as MenuItem])
    expect(menuOf(drink ? [drink] : [])).toMatchObject([{ drink: 'Long black' }])
  })

  it('lets parts change places', () => {
    expect(shifted(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
    expect(shifted(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
  })

  it('follows another barista’s change as long as nothing was done to it', async () => {
    const now = ref(menu)
    const { drinks, isChanged, isOutdated } = useMenuDraft(() => now.value)
    now.value = menu.slice(1)
    await nextTick()
    expect(menuOf(drinks.value)).toEqual(menu.slice(1))
    expect([isChanged.value, isOutdated.value]).toEqual([false, false])
  })

  it('keeps what was done to it, and says that another barista changed it meanwhile', async () => {
    const now = ref(menu)
    const { drinks, isChanged, isOutdated, insist } = useMenuDraft(() => now.value)
    drinks.value.pop()
    now.value = [...menu].reverse()
    await nextTick()
    expect(menuOf(drinks.value)).toEqual(menu.slice(0, 1))
    expect([isChanged.value, isOutdated.value]).toEqual([true, true])
    insist()
    expect([isChanged.value, isOutdated.value]).toEqual([true, false])
  })

  it('has nothing more to save once the bar has it', async () => {
    const now = ref(menu)
    const { drinks, isChanged } = useMenuDraft(() => now.value)
    drinks.value.pop()
    now.value = menu.slice(0, 1)
    await nextTick()
    expect(isChanged.value).toBe(false)
  })
})

describe('limits', () => {
  const config = { ...adminConfig, menu }

  it('are sent only where they changed', () => {
    const texts = {
      ...textsOf(config),
      drinksPerBarcode: ' 12 ',
      timeZone: 'Europe/Madrid',
      maxOrdersInQueue: '20 ',
    }
    expect(changesIn(texts, config)).toEqual({ drinksPerBarcode: 12, timeZone: 'Europe/Madrid' })
    expect(changesIn(textsOf(config), config)).toEqual({})
  })

  it('that are no numbers are sent as none, so that the API names them', () => {
    for (const text of ['', 'ten']) {
      const changes = changesIn({ ...textsOf(config), maxOrdersPerUser: text }, config)
      expect(JSON.stringify(changes)).toBe('{"maxOrdersPerUser":null}')
    }
  })
})

describe('the day in figures', () => {
  it('has the most frequent first', () => {
    expect(byCount({ Latte: 1, Mocha: 3 })).toEqual([
      { label: 'Mocha', values: [3] },
      { label: 'Latte', values: [1] },
    ])
  })

  it('has all states, in the order of an order’s life', () => {
    const bars = byState({ COMPLETED: 2 }, (state) => state)
    expect(bars.map(({ values }) => values[0])).toEqual([0, 0, 0, 2, 0, 0])
  })

  it('has the hours from the first order to the last', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => ({ hour, orders: [9, 11].includes(hour) ? 1 : 0 }))
    expect(byHour(hours, String).map(({ label }) => label)).toEqual(['9', '10', '11'])
    expect(
      byHour(
        hours.map(({ hour }) => ({ hour, orders: 0 })),
        String,
      ),
    ).toEqual([])
  })

  it('has a gap where nothing was measured', () => {
    const none = { orders: 0, p50: null, p95: null }
    const waits = { queue: { orders: 2, p50: 1.5, p95: 4 }, making: none, total: none }
    expect(byWait(waits, String).map(({ values }) => values)).toEqual([
      [1.5, 4],
      [null, null],
      [null, null],
    ])
  })
})
