import { describe, expect, it } from 'vitest'

import BackstagePage from '@/backstage/BackstagePage.vue'
import StateDetails from '@/backstage/executions/StateDetails.vue'
import type { Visit } from '@/backstage/executions/way'

import { fakeBar, mountWithBar } from '../mounting'

describe('the page', () => {
  it('says of a real account that it is for the local cloud, and asks nothing of it', () => {
    const bar = fakeBar()
    const page = mountWithBar(BackstagePage, {
      ...bar,
      configuration: { ...bar.configuration, endpointUrl: null },
    })
    expect(page.text()).toContain('Backstage is for the local cloud')
    expect(page.find('nav').exists()).toBe(false)
  })
})

describe('the details of a state', () => {
  const node = { id: 'Wait', kind: 'callback', comment: 'Pauses.', service: 'lambda', isStart: false }
  const definition = { Type: 'Task', Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 4 }] }
  const visit: Visit = {
    state: 'Wait',
    outcome: 'caught',
    enteredTs: 0,
    exitedTs: 1500,
    input: '{"orderId":"order-1"}',
    output: '{"error":"x"}',
    failure: { error: 'States.Timeout', cause: 'too slow', ts: 1400 },
    failures: [
      { error: 'Busy', cause: 'try again', ts: 700 },
      { error: 'States.Timeout', cause: 'too slow', ts: 1400 },
    ],
    attempts: 2,
    call: '{"Payload":{"taskToken":"secret"}}',
  }

  it('show its definition, what came in and out, what went wrong at each attempt, and no task token', () => {
    const text = mountWithBar(StateDetails, fakeBar(), {
      node,
      definition,
      command: 'awslocal',
      visits: [visit],
    }).text()
    for (const shown of [
      'order-1',
      'Busy',
      'States.Timeout',
      'too slow',
      '2 attempts',
      '1.5 s',
      'taskToken',
      'MaxAttempts',
    ]) {
      expect(text).toContain(shown)
    }
    expect(text).not.toContain('secret')
  })

  it('of a state that was not reached say so', () => {
    const text = mountWithBar(StateDetails, fakeBar(), {
      node,
      definition,
      command: 'awslocal',
      visits: [],
    }).text()
    expect(text).toContain('The execution has not been here.')
  })
})
