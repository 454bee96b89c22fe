/**
 * Whose address begins so: rows know people by Cognito's id alone.
 *
 * Plain requests, as a local cloud takes them from its own pages; AWS's client for Cognito weighs 57 kB compressed.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html
 */
import ky from 'ky'
import * as v from 'valibot'

import type { Configuration } from '@/shared/configuration'

type Pool = Pick<Configuration, 'endpointUrl' | 'region' | 'userPoolId'>

const Answer = v.object({
  Users: v.array(v.object({ Attributes: v.array(v.object({ Name: v.string(), Value: v.string() })) })),
  PaginationToken: v.nullish(v.string()),
})

/** The ids of people with such an address; none for a text that cannot begin one. */
export async function peopleAt(
  pool: Pool,
  text: string,
  fetch = globalThis.fetch.bind(globalThis),
): Promise<Set<string>> {
  const start = text.trim()
  if (!/^(\+\d+|[^\s"\\]+@[^\s"\\]*)$/.test(start)) return new Set()
  const attribute = start.startsWith('+') ? 'phone_number' : 'email'
  const asked = { UserPoolId: pool.userPoolId, Filter: `${attribute} ^= "${start}"` }
  const headers = {
    'Content-Type': 'application/x-amz-json-1.1',
    'X-Amz-Target': 'AWSCognitoIdentityProviderService.ListUsers',
    // Names the account and the region; a local cloud checks no signature.
    Authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${pool.region}/cognito-idp/aws4_request, SignedHeaders=host, Signature=none`,
  }
  const ids = new Set<string>()
  let PaginationToken: string | null | undefined
  do {
    const json = { ...asked, ...(PaginationToken && { PaginationToken }) }
    const answer = v.parse(
      Answer,
      await ky.post(pool.endpointUrl ?? '', { headers, json, fetch, retry: 0 }).json(),
    )
    for (const { Attributes } of answer.Users) {
      for (const { Name, Value } of Attributes) if (Name === 'sub') ids.add(Value)
    }
    PaginationToken = answer.PaginationToken // Cognito gives no more than 60 people at once
  } while (PaginationToken)
  return ids
}
