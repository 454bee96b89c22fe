/** The local cloud's AWS APIs, from the browser. Its credentials are those that every local cloud takes. */
import { useBar } from '@/shared/bar'
import type { Configuration } from '@/shared/configuration'

export interface ClientSettings {
  endpoint?: string
  region: string
  credentials: { accessKeyId: string; secretAccessKey: string }
  maxAttempts: number
}

const ANYBODY = { accessKeyId: 'test', secretAccessKey: 'test' }

export function clientSettings({ endpointUrl, region }: Configuration): ClientSettings {
  // One attempt: what is polled is asked again anyway.
  return { ...(endpointUrl && { endpoint: endpointUrl }), region, credentials: ANYBODY, maxAttempts: 1 }
}

/**
 * A client of the AWS SDK, such as `useClient(SFNClient)`; only in the setup of a component.
 *
 * @param more - settings that only this kind of client has.
 */
export function useClient<Client, More extends object = object>(
  Kind: new (settings: ClientSettings & More) => Client,
  more = {} as More,
): Client {
  return new Kind({ ...clientSettings(useBar().configuration), ...more })
}
