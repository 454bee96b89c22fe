import { describe, expect, it } from 'vitest'

import { OUTCOMES } from '@/backstage/events/trace'
import { NOT_DONE } from '@/backstage/dead-letters/again'
import { GROUPS, STANDINGS } from '@/backstage/executions/standing'
import { FAULT_KINDS } from '@/barista/faults/fault'
import { WAITS } from '@/barista/insights/series'
import { NUMBERS } from '@/barista/limits/limit-fields'
import { COLUMNS } from '@/barista/orders/columns'
import { MOVES } from '@/barista/orders/moves'
import { ORDER_STATES } from '@/shared/api/contract'
import { PROBLEM_CODES } from '@/shared/api/problems'
import { REASON_KEYS } from '@/shared/texts/order-words'
import { LANGUAGES, preferredLanguage } from '@/shared/texts/texts'
import { THEMES } from '@/shared/theme/theme'

interface Tree {
  [key: string]: Tree | string
}

const files = import.meta.glob<Tree>('../src/locales/*/*.json', { eager: true, import: 'default' })

/** All texts of a language by their key. */
function texts(language: string): Map<string, string> {
  const found = Object.entries(files).filter(([path]) => path.includes(`/${language}/`))
  return new Map(found.flatMap(([, tree]) => leaves(tree)))
}

function leaves(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [[prefix + name, value] as [string, string]]
      : leaves(value, `${prefix}${name}.`),
  )
}

function holes(text = ''): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort()
}

const PAGES = ['home', 'order', 'barista', 'display', 'backstage']

const english = texts('en')
const others = Object.keys(LANGUAGES).filter((language) => language !== 'en')

describe.each(others)('the texts in %s', (language) => {
  const translated = texts(language)

  it('are there for every English one, and no others', () => {
    expect([...translated.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it('have the same holes and as many plurals', () => {
    for (const [key, text] of english) {
      expect([key, ...holes(translated.get(key))]).toEqual([key, ...holes(text)])
      expect([key, translated.get(key)?.split(' | ').length]).toEqual([key, text.split(' | ').length])
    }
  })
})

describe('texts whose keys are made at run time are whole', () => {
  const group = (prefix: string) =>
    [...english.keys()]
      .filter((key) => key.startsWith(`${prefix}.`))
      .map((key) => key.slice(prefix.length + 1))

  it.each([
    ['shared.states', ORDER_STATES],
    ['shared.problems', [...PROBLEM_CODES, 'other']],
    ['shared.reasons', [...Object.values(REASON_KEYS), 'other']],
    ['shared.connection', ['connected', 'connecting']],
    ['shared.pages', PAGES],
    ['shared.about', PAGES],
    ['backstage.groups', GROUPS],
    ['backstage.outcomes', OUTCOMES],
    ['backstage.replays', NOT_DONE],
    ['backstage.standings', Object.keys(STANDINGS)],
    ['barista.screens', ['orders', 'menu', 'limits', 'insights']],
    ['barista.columns', COLUMNS],
    ['barista.nothing', COLUMNS],
    ['barista.moves', MOVES],
    ['barista.done', MOVES.filter((move) => move !== 'cancel')],
    ['barista.faults', FAULT_KINDS.filter((kind) => kind !== 'other')],
    ['barista.states', ORDER_STATES],
    ['barista.waits', WAITS],
    ['barista.limits.names', [...NUMBERS, 'timeZone']],
    ['barista.limits.about', [...NUMBERS, 'timeZone']],
  ])('%s', (prefix, keys) => expect(group(prefix).sort()).toEqual([...keys].sort()))

  it('shared.settings', () => expect(group('shared.settings')).toEqual(expect.arrayContaining([...THEMES])))
})

it('the language is the chosen one, else the first that the browser wants and we have, else English', () => {
  expect(preferredLanguage('es', ['en-GB'])).toBe('es')
  expect(preferredLanguage(null, ['fr-FR', 'es-MX', 'en'])).toBe('es')
  expect(preferredLanguage('xx', ['fr'])).toBe('en')
  expect(preferredLanguage('toString', ['es'])).toBe('es')
})
