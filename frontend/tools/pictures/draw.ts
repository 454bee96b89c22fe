/**
 * Draws the workflow after each step of the workshop; `make pictures` does it.
 *
 *   python -m workshop.step_workflows | npm run --silent pictures -- ../docs/workshop/pictures
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Definition } from '../../src/backstage/executions/definition.ts'
import { picturesOf } from './steps.ts'

const [folder = '.'] = process.argv.slice(2)
const steps = JSON.parse(readFileSync(0, 'utf8')) as Record<string, Definition>
mkdirSync(folder, { recursive: true })
for (const [name, picture] of picturesOf(steps)) writeFileSync(join(folder, name), picture)
