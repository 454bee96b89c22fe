// @vitest-environment node
import { describe, expect, it } from 'vitest'

import type { Definition } from '@/backstage/executions/definition'
import { graphOf } from '@/backstage/executions/graph'

function edgesOf(definition: Definition): Record<string, string> {
  return Object.fromEntries(graphOf(definition).edges.map(({ id, kind }) => [id, kind]))
}

describe('the graph of a workflow', () => {
  it('has the ways of a Choice and its default', () => {
    const definition: Definition = {
      StartAt: 'Open?',
      States: {
        'Open?': { Type: 'Choice', Choices: [{ Next: 'Serve' }, { Next: 'Wait' }], Default: 'Closed' },
        Serve: { Type: 'Succeed' },
        Wait: { Type: 'Wait', Next: 'Open?' },
        Closed: { Type: 'Fail' },
      },
    }
    expect(edgesOf(definition)).toEqual({
      'Open? → Serve': 'choice',
      'Open? → Wait': 'choice',
      'Open? → Closed': 'default',
      'Wait → Open?': 'next',
    })
    expect(graphOf(definition).nodes.map(({ id, kind, isStart }) => [id, kind, isStart])).toEqual([
      ['Open?', 'choice', true],
      ['Serve', 'succeed', false],
      ['Wait', 'pause', false],
      ['Closed', 'fail', false],
    ])
  })

  it('has one edge for several ways between two states, with all errors that lead there', () => {
    const Catch = [
      { ErrorEquals: ['A'], Next: 'Broken' },
      { ErrorEquals: ['B', 'C'], Next: 'Broken' },
    ]
    const graph = graphOf({
      StartAt: 'Make',
      States: { Make: { Type: 'Task', Next: 'Broken', Catch }, Broken: { Type: 'Fail' } },
    })
    expect(graph.edges).toEqual([
      { id: 'Make → Broken', from: 'Make', to: 'Broken', kind: 'next', errors: ['A', 'B', 'C'] },
    ])
  })

  it('leads through the branches of a Parallel to what comes after it', () => {
    const branch = (name: string): Definition => ({
      StartAt: name,
      States: { [name]: { Type: 'Pass', End: true } },
    })
    const edges = edgesOf({
      StartAt: 'Both',
      States: {
        Both: { Type: 'Parallel', Branches: [branch('Milk'), branch('Coffee')], Next: 'Serve' },
        Serve: { Type: 'Succeed' },
      },
    })
    expect(edges).toEqual({
      'Both → Milk': 'part',
      'Milk → Serve': 'next',
      'Both → Coffee': 'part',
      'Coffee → Serve': 'next',
    })
  })

  it('leads through a Map, by its new name and its old one; a Fail inside ends all', () => {
    const part: Definition = {
      StartAt: 'Pour',
      States: {
        Pour: { Type: 'Task', End: true, Catch: [{ ErrorEquals: ['E'], Next: 'Spilt' }] },
        Spilt: { Type: 'Fail' },
      },
    }
    const around = (map: object): Definition => ({
      StartAt: 'Each',
      States: { Each: { Type: 'Map', Next: 'Done', ...map }, Done: { Type: 'Succeed' } },
    })
    const edges = { 'Each → Pour': 'part', 'Pour → Done': 'next', 'Pour → Spilt': 'catch' }
    expect(edgesOf(around({ ItemProcessor: part }))).toEqual(edges)
    expect(edgesOf(around({ Iterator: part }))).toEqual(edges)
  })

  it('knows what a task calls, and which one waits for its token', () => {
    const nodes = graphOf({
      StartAt: 'a',
      States: {
        a: { Type: 'Task', Resource: 'arn:aws:states:::dynamodb:updateItem', Next: 'b' },
        b: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', Next: 'c' },
        c: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:000000000000:function:make', End: true },
      },
    }).nodes
    expect(nodes.map(({ kind, service }) => [kind, service])).toEqual([
      ['task', 'dynamodb'],
      ['callback', 'lambda'],
      ['task', 'lambda'],
    ])
  })
})
