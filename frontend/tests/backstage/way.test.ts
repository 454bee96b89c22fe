// @vitest-environment node
import type { HistoryEvent } from '@aws-sdk/client-sfn'
import { describe, expect, it } from 'vitest'

import { wayOf } from '@/backstage/executions/way'

/** A history in which each event follows the one before it, unless it says which other; a second apart. */
function history(...events: Partial<HistoryEvent>[]): HistoryEvent[] {
  return events.map((event, place) => ({
    id: place + 1,
    previousEventId: place,
    timestamp: new Date(place * 1000),
    type: 'ExecutionStarted',
    ...event,
  }))
}

const entered = (name: string): Partial<HistoryEvent> => ({
  type: 'TaskStateEntered',
  stateEnteredEventDetails: { name, input: `{"into":"${name}"}` },
})
const exited = (name: string): Partial<HistoryEvent> => ({
  type: 'TaskStateExited',
  stateExitedEventDetails: { name, output: `{"from":"${name}"}` },
})
const scheduled: Partial<HistoryEvent> = {
  type: 'TaskScheduled',
  taskScheduledEventDetails: {
    resourceType: 'lambda',
    resource: 'invoke',
    region: 'us-east-1',
    parameters: '{"taskToken":"t"}',
  },
}
const failed = (error: string): Partial<HistoryEvent> => ({
  type: 'TaskFailed',
  taskFailedEventDetails: { resourceType: 'lambda', resource: 'invoke', error, cause: 'because' },
})
const succeeded: Partial<HistoryEvent> = { type: 'TaskSucceeded' }

describe('the way of an execution', () => {
  it('runs in the state that it has not left', () => {
    const { visits, edges } = wayOf(
      history({}, entered('Claim'), exited('Claim'), entered('Wait'), scheduled),
    )
    expect(visits).toMatchObject([
      {
        state: 'Claim',
        outcome: 'done',
        enteredTs: 1000,
        exitedTs: 2000,
        output: '{"from":"Claim"}',
        attempts: 0,
      },
      { state: 'Wait', outcome: 'running', exitedTs: null, attempts: 1, call: '{"taskToken":"t"}' },
    ])
    expect([...edges]).toEqual(['Claim → Wait'])
  })

  it('a task that went well after a retry is done, and tells its attempts', () => {
    const events = history(
      {},
      entered('Make'),
      scheduled,
      failed('Busy'),
      scheduled,
      succeeded,
      exited('Make'),
    )
    expect(wayOf(events).byState.get('Make')).toMatchObject({
      outcome: 'done',
      attempts: 2,
      failure: null,
      failures: [{ error: 'Busy', cause: 'because', ts: 3000 }],
    })
  })

  it('a state that was left by its Catch says with which error', () => {
    const events = history(
      {},
      entered('Make'),
      scheduled,
      failed('OrderEnded'),
      exited('Make'),
      entered('Ended'),
    )
    const { byState, edges } = wayOf(events)
    expect(byState.get('Make')).toMatchObject({
      outcome: 'caught',
      failure: { error: 'OrderEnded', cause: 'because' },
    })
    expect([...edges]).toEqual(['Make → Ended'])
  })

  it('a timeout is a failure, too', () => {
    const timedOut: Partial<HistoryEvent> = {
      type: 'TaskTimedOut',
      taskTimedOutEventDetails: { resourceType: 'lambda', resource: 'invoke', error: 'States.Timeout' },
    }
    const events = history({}, entered('Wait'), scheduled, timedOut, exited('Wait'))
    expect(wayOf(events).byState.get('Wait')).toMatchObject({
      outcome: 'caught',
      failure: { error: 'States.Timeout' },
    })
  })

  it('the state in which the execution failed or was stopped, failed', () => {
    const over: Partial<HistoryEvent> = {
      type: 'ExecutionAborted',
      executionAbortedEventDetails: { error: 'Swept', cause: 'the order had ended' },
    }
    expect(wayOf(history({}, entered('Wait'), scheduled, over)).byState.get('Wait')).toMatchObject({
      outcome: 'failed',
      exitedTs: 3000,
      failure: { error: 'Swept', cause: 'the order had ended' },
    })
  })

  it('a state that is entered again shows its last stay', () => {
    const { visits, byState } = wayOf(history({}, entered('Wait'), exited('Wait'), entered('Wait')))
    expect(visits).toHaveLength(2)
    expect(byState.get('Wait')?.outcome).toBe('running')
  })

  it('branches at the same time keep their own tasks', () => {
    const { byState, edges } = wayOf(
      history(
        {},
        entered('Both'),
        { ...entered('Milk'), previousEventId: 2 },
        { ...entered('Coffee'), previousEventId: 2 },
        { ...scheduled, previousEventId: 3 },
        { ...failed('Sour'), previousEventId: 5 },
        { ...exited('Coffee'), previousEventId: 4 },
      ),
    )
    expect([...edges]).toEqual(['Both → Milk', 'Both → Coffee'])
    expect(byState.get('Milk')).toMatchObject({ outcome: 'running', failure: { error: 'Sour' } })
    expect(byState.get('Coffee')).toMatchObject({ outcome: 'done', failure: null })
  })
})
