// @vitest-environment node
import { describe, expect, it } from 'vitest'

import { masked, secretsOf } from '@/backstage/json/masking'
import { tokensOf } from '@/backstage/json/tokens'

describe('masking', () => {
  it.each(['taskToken', 'TaskToken', 'customerToken', 'token', 'digest'])(
    'hides %s wherever it is',
    (name) => {
      expect(JSON.stringify(masked({ a: [{ [name]: 'secret' }] }))).not.toContain('secret')
    },
  )

  it('hides a token in JSON that is a text in JSON', () => {
    const history = { parameters: JSON.stringify({ Payload: JSON.stringify({ taskToken: 'secret' }) }) }
    expect(JSON.stringify(masked(history))).not.toContain('secret')
    expect(masked(JSON.stringify({ taskToken: 'secret' }))).not.toContain('secret')
  })

  it('leaves numbers of tokens, and everything else', () => {
    const row = { availableTokens: 9, token: null, orderId: 'order-1', text: '[not JSON', code: 'NotReady' }
    expect(masked(row)).toEqual(row)
  })

  it('hides the codes of the bar in their own table only', () => {
    const row = { code: 'N8dJE18O58' }
    expect(masked(row, secretsOf('serverlesspresso-qr-codes'))).not.toEqual(row)
    expect(masked(row, secretsOf('serverlesspresso-orders'))).toEqual(row)
  })
})

describe('coloured JSON', () => {
  it('is the whole text', () => {
    const value = { 'a "quoted": name': [1, -2.5e3, true, null, 'text: "with" 42'], empty: {} }
    const text = tokensOf(value)
      .map((token) => token.text)
      .join('')
    expect(text).toBe(JSON.stringify(value, null, 2))
  })

  it('tells names, texts and values apart', () => {
    const kinds = tokensOf({ name: 'text', n: 1 }).filter(({ kind }) => kind !== 'mark')
    expect(kinds.map(({ kind, text }) => [kind, text])).toEqual([
      ['name', '"name":'],
      ['text', '"text"'],
      ['name', '"n":'],
      ['value', '1'],
    ])
  })

  it('shows a set of DynamoDB as a list', () => {
    expect(
      tokensOf(new Set(['a']))
        .map(({ text }) => text)
        .join(''),
    ).toBe('[\n  "a"\n]')
  })
})
