// @vitest-environment node
import { expect, it } from 'vitest'

import { cloudProblem } from '@/backstage/cloud/problem'

const marked = (error: Error, $metadata: object) => Object.assign(error, { $metadata })

it('is what a service answered', async () => {
  const error = marked(new Error('no such table'), { httpStatusCode: 400 })
  error.name = 'ResourceNotFoundException'
  const problem = await cloudProblem(error)
  expect([problem.status, problem.code, problem.message]).toEqual([
    400,
    'ResourceNotFoundException',
    'no such table',
  ])
})

it('is that nobody answered, though an SDK client marked the fault of the network', async () => {
  const error = marked(new TypeError('Failed to fetch'), { attempts: 1, totalRetryDelay: 0 })
  const problem = await cloudProblem(error)
  expect([problem.status, problem.code]).toEqual([0, 'Unreachable'])
})
