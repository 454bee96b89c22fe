// @vitest-environment node
import { readFileSync } from 'node:fs'

import { expect, it } from 'vitest'

interface Locked {
  license?: string
  resolved?: string
  dev?: boolean
  optional?: boolean
}

interface Pinned {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, Locked>
}
const locked = Object.entries(packages).filter(([path]) => path !== '')

// OFL-1.1: a typeface, with its text, and not sold by itself.
const FREE = /^(MIT|MIT-0|ISC|Apache-2\.0|0BSD|BSD-[23]-Clause|OFL-1\.1|\(MIT OR CC0-1\.0\))$/

it('all that can get into a page is under a licence that asks for no more than its text', () => {
  const others = locked.filter(([, { dev, license = 'none' }]) => !dev && !FREE.test(license))
  expect(others.map(([path, { license }]) => `${path} ${license ?? 'none'}`)).toEqual([])
})

it('the lock names no registry, so that each machine takes its own', () => {
  expect(locked.filter(([, { resolved }]) => resolved)).toEqual([])
})

it('every library is pinned exactly', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Pinned
  const versions = Object.entries({ ...dependencies, ...devDependencies })
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
})
