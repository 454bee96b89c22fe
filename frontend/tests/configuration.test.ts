import { describe, expect, it } from 'vitest'

import { ConfigurationProblem, parseConfiguration, readConfiguration } from '@/shared/configuration'

import { answering, configuration, json } from './fakes'

describe('the configuration', () => {
  it('is read from beside the folders of the pages', async () => {
    const { fetch } = answering(json(configuration))
    expect(await readConfiguration(fetch)).toEqual(configuration)
    expect(fetch.mock.calls[0]?.[0]).toBe('../config.json')
  })

  it('is read from beside the page where that is in no folder', async () => {
    document.documentElement.dataset.root = './'
    const { fetch } = answering(json(configuration))
    await readConfiguration(fetch)
    expect(fetch.mock.calls[0]?.[0]).toBe('./config.json')
    delete document.documentElement.dataset.root
  })

  it('has nothing of a local bar on AWS', () => {
    const onAws = { ...configuration, endpointUrl: null, local: undefined }
    expect(parseConfiguration(onAws).local).toBeUndefined()
  })

  it('says that nobody gets text messages; one that says nothing is of a bar that sends them', () => {
    const { textMessages, ...silent } = configuration
    expect(textMessages && parseConfiguration(silent).textMessages).toBe(true)
    expect(parseConfiguration({ ...configuration, textMessages: false }).textMessages).toBe(false)
  })

  it('needs no WebSocket, and no endpoint where each service has its own', () => {
    const onAws = { ...configuration, endpointUrl: null, realtimeUrl: undefined }
    expect(parseConfiguration(onAws).endpointUrl).toBeNull()
  })

  it('that is missing is a problem with a plain word', async () => {
    await expect(readConfiguration(answering(json({}, 404)).fetch)).rejects.toThrow('config.json: HTTP 404')
    await expect(readConfiguration(answering(new TypeError('Failed to fetch')).fetch)).rejects.toThrow(
      ConfigurationProblem,
    )
  })

  it('that is wrong is a problem that names the place', () => {
    expect(() => parseConfiguration({ ...configuration, apiUrl: 'nowhere' })).toThrow(
      'config.json: apiUrl Invalid URL',
    )
    expect(() => parseConfiguration('<html>')).toThrow(ConfigurationProblem)
  })
})
