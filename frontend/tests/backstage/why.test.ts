// @vitest-environment node
import { expect, it } from 'vitest'

import { stateOf } from '@/backstage/executions/definition'
import type { Failure, Visit, Way } from '@/backstage/executions/way'
import { whyOf, wordsOf } from '@/backstage/executions/why'

const failure = (error: string): Failure => ({ error, cause: '', ts: 1 })
const visit = (state: string, changes: Partial<Visit>): Visit => ({
  state,
  outcome: 'done',
  enteredTs: 0,
  exitedTs: 1,
  input: '{}',
  output: null,
  failure: null,
  failures: [],
  attempts: 1,
  call: null,
  ...changes,
})
const way = (...visits: Visit[]): Way => ({ visits, edges: new Set(), byState: new Map() })

it('an execution left the way where its last error was caught, not where a Fail state repeats it', () => {
  const claimed = visit('Claim', {})
  const waited = visit('Wait', { outcome: 'caught', failure: failure('States.Timeout') })
  const broken = visit('Broken', { outcome: 'failed', failure: failure('SomethingBroke') })
  expect(whyOf(way(claimed, waited, broken))).toEqual({ state: 'Wait', failure: failure('States.Timeout') })
  expect(whyOf(way(claimed, broken))?.state).toBe('Broken')
  expect(whyOf(way(claimed))).toBeNull()
})

it('the cause of a function is its message, any other is itself', () => {
  expect(wordsOf({ cause: '{"errorMessage":"the order ended","errorType":"OrderEnded"}' })).toBe(
    'the order ended',
  )
  expect(wordsOf({ cause: 'Cancelled by customer' })).toBe('Cancelled by customer')
})

it('a state is found in a branch, too', () => {
  const inner = { Type: 'Task', End: true }
  const workflow = {
    StartAt: 'Both',
    States: { Both: { Type: 'Parallel', Branches: [{ StartAt: 'Milk', States: { Milk: inner } }] } },
  }
  expect(stateOf(workflow, 'Milk')).toBe(inner)
  expect(stateOf(workflow, 'Both')?.Type).toBe('Parallel')
  expect(stateOf(workflow, 'Tea')).toBeNull()
})
