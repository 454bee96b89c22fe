/** The pictures in the workshop's text are those of its steps' workflows, as backstage lays them out. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import type { Definition } from '@/backstage/executions/definition'

import { pictureOf } from '../tools/pictures/picture'
import { picturesOf } from '../tools/pictures/steps'

const ROOT = join(import.meta.dirname, '..', '..')
const FOLDER = join(ROOT, 'docs', 'workshop', 'pictures')

function stepWorkflows(): Record<string, Definition> {
  const options = { cwd: ROOT, encoding: 'utf8' } as const
  const printed = execFileSync('.venv/bin/python', ['-m', 'workshop.step_workflows'], options)
  return JSON.parse(printed) as Record<string, Definition>
}

describe('the pictures of the steps', () => {
  it('are up to date: make pictures draws them', { timeout: 120_000 }, () => {
    const there = readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')] as const)
    expect(new Map(there)).toEqual(picturesOf(stepWorkflows()))
  })

  const waiting: Definition = {
    StartAt: 'Wait & see',
    States: {
      'Wait & see': {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Next: 'Ready',
      },
      Ready: { Type: 'Succeed' },
    },
  }

  it('say what a state is called, whatever it is', () => {
    expect(pictureOf(waiting, new Set())).toContain('>Wait &amp; see</text>')
  })

  it('draw what is new stronger than what was there', () => {
    const picture = pictureOf(waiting, new Set(['Ready']))
    expect(picture).toMatch(/stroke-width="2.5".*Wait &amp; see/)
    expect(picture).toMatch(/stroke-width="1"[^>]*\/><text[^>]*>Ready/)
  })

  it('have the colour of the text around them', () => {
    expect(pictureOf(waiting, new Set())).not.toMatch(/(?:fill|stroke)="#/)
  })
})
