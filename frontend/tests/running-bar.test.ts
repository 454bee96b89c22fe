// @vitest-environment node
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, it, vi } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'outputs-'))

beforeAll(() => {
  const outputs = join(folder, 'outputs.json')
  writeFileSync(outputs, JSON.stringify({ endpointUrl: 'http://bar.test' }))
  vi.stubEnv('BAR_OUTPUTS', outputs)
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

/** Whether Vite hands the request on: the rule's key begins with `^`, so it is a regular expression. */
async function isHandedOn(method: string, url: string): Promise<boolean> {
  const { toRunningBar } = await import('../tools/vite/running-bar.ts')
  const [[pattern, { bypass }] = ['', {}]] = Object.entries(toRunningBar())
  const request = Object.assign(new IncomingMessage(new Socket()), { method, url })
  return new RegExp(pattern).test(url) && (await bypass?.(request, undefined, {})) === undefined
}

it.each([
  ['POST', '/', true], // Cognito, DynamoDB and others: AWS's JSON protocols have no other address
  ['GET', '/', false],
  ['GET', '/index.html', false],
  ['GET', '/barista/index.html', false],
  ['GET', '/@vite/client', false],
  ['GET', '/@theme-of/base.css', false],
  ['GET', '/api/orders', true],
  ['POST', '/2015-03-31/functions/f/invocations', true],
])('%s %s goes on to the local cloud: %s', async (method, url, is) =>
  expect(await isHandedOn(method, url)).toBe(is),
)
