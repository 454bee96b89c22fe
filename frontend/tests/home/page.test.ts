import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'

import HomePage from '@/home/HomePage.vue'
import type { Api } from '@/shared/api/api'
import type { ShopConfig } from '@/shared/api/contract'

import { configuration, json } from '../fakes'
import { fakeBar, mountWithBar } from '../mounting'

enableAutoUnmount(afterEach)

const config: Api['config'] = async () => ({ storeOpen: true }) as ShopConfig

function page(local = configuration.local) {
  return mountWithBar(HomePage, {
    ...fakeBar({ api: { config } }),
    configuration: { ...configuration, local },
  })
}

/** Answers by the state that is asked for. */
function counting(counts: Record<string, number>) {
  return vi.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
    const { ExpressionAttributeValues: values } = (await (input as Request).json()) as {
      ExpressionAttributeValues: Record<string, { S: string }>
    }
    return json({ Count: counts[values[':state']?.S ?? ''] ?? -1 })
  })
}

describe('the first page', () => {
  it('leads to the four others', () => {
    counting({})
    const ways = page()
      .findAll('nav a')
      .map((tile) => tile.attributes('href'))
    expect(ways.sort()).toEqual(Object.values(configuration.frontends).sort())
  })

  it('says what the bar is doing now, once it was asked', async () => {
    counting({ 'ABC#SUBMITTED': 3, 'ABC#IN_PRODUCTION': 2, 'ABC#COMPLETED': 5 })
    const shown = page()
    expect(shown.get('[role=status]').text()).toBe('Asking the bar …')
    await vi.waitFor(() => expect(shown.get('[role=status]').text()).toBe('Open'))
    await vi.waitFor(() => expect(shown.get('dl').text()).toBe('waiting3being made2ready5'))
  })

  it('is there also where the bar does not answer', async () => {
    const fetch = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'))
    const silent = vi.fn<Api['config']>().mockRejectedValue(new TypeError('Failed to fetch'))
    const shown = mountWithBar(HomePage, { ...fakeBar({ api: { config: silent } }), configuration })
    await vi.waitFor(() => expect(shown.get('[role=status]').text()).toBe('The bar does not answer'))
    expect(fetch).toHaveBeenCalled()
    expect(shown.get('dl').text()).toBe('waiting–being made–ready–')
    expect(shown.findAll('nav a')).toHaveLength(4)
  })

  it('tells where letters and text messages arrive', () => {
    counting({})
    const ways = page()
      .findAll('li a')
      .map((way) => way.attributes('href'))
    expect(ways).toEqual([
      `${configuration.frontends.backstage}#/messages`,
      configuration.local?.lettersUrl,
      configuration.local?.textMessagesUrl,
    ])
  })

  it('on AWS is the way to the others and nothing else, and asks nothing', () => {
    const fetch = counting({})
    const bar = fakeBar({ api: {} })
    const onAws = mountWithBar(HomePage, { ...bar, configuration: { ...configuration, local: undefined } })
    expect(onAws.findAll('nav a')).toHaveLength(4)
    expect(onAws.text()).not.toContain('Letters')
    expect(onAws.find('dl').exists()).toBe(false)
    expect(fetch).not.toHaveBeenCalled()
  })
})
