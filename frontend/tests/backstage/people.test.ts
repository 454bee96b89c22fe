// @vitest-environment node
import { expect, it } from 'vitest'

import { peopleAt } from '@/backstage/executions/people'

import { answering, configuration, json } from '../fakes'

const person = (id: string) => ({
  Attributes: [
    { Name: 'sub', Value: id },
    { Name: 'email', Value: 'a@b' },
  ],
})

it('all people whose address begins so are found, however many answers they take', async () => {
  const { fetch, requests } = answering(
    json({ Users: [person('1')], PaginationToken: 'more' }),
    json({ Users: [person('2')] }),
  )
  expect(await peopleAt(configuration, ' ana@ ', fetch)).toEqual(new Set(['1', '2']))
  const asked = await Promise.all(requests.map((one) => one.json()))
  expect(asked).toMatchObject([{ Filter: 'email ^= "ana@"' }, { PaginationToken: 'more' }])
})

it('nobody is asked about a text that begins no address', async () => {
  const { fetch, requests } = answering()
  expect(await peopleAt(configuration, 'latte', fetch)).toEqual(new Set())
  expect(requests).toEqual([])
})
