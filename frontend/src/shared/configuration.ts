/** Which bar this page belongs to, as the deployer wrote it down beside the pages. */
import * as v from 'valibot'

const Url = v.pipe(v.string(), v.url())

/** Where a bar that runs on somebody's own machine keeps the letters and text messages that it does not send. */
const Local = v.object({ lettersUrl: Url, textMessagesUrl: Url })

const Configuration = v.object({
  region: v.string(),
  /** Where all services of a local cloud answer; null on AWS, where each has an endpoint of its own. */
  endpointUrl: v.nullable(Url),
  apiUrl: Url,
  realtimeUrl: v.optional(v.nullable(Url)),
  userPoolId: v.string(),
  userPoolClientId: v.string(),
  eventBusName: v.string(),
  orderProcessorArn: v.string(),
  frontends: v.object({ order: Url, barista: Url, display: Url, backstage: Url }),
  /** The page that leads to the others, at an address short enough to type. */
  homeUrl: v.optional(Url),
  /** Whether anybody can sign up with a phone number: on AWS nobody, unless the bar names countries. */
  textMessages: v.optional(v.boolean(), true),
  /** Not there on AWS: whatever a page offers only where the bar is somebody's own asks for this. */
  local: v.optional(Local),
})

const GIVE_UP_MS = 10_000

export type Local = v.InferOutput<typeof Local>
export type Configuration = v.InferOutput<typeof Configuration>

/** There is no configuration, or one that no page can use; the message says what is wrong with it. */
export class ConfigurationProblem extends Error {
  override name = 'ConfigurationProblem'
}

/**
 * Reads `config.json`, which lies beside the folders of the pages. Each page's head says where that is from there.
 *
 * @throws ConfigurationProblem
 */
export async function readConfiguration(fetch = globalThis.fetch): Promise<Configuration> {
  return parseConfiguration(await read(fetch))
}

async function read(fetch: typeof globalThis.fetch): Promise<unknown> {
  try {
    const answer = await fetch(`${document.documentElement.dataset.root ?? '../'}config.json`, {
      cache: 'no-cache',
      signal: AbortSignal.timeout(GIVE_UP_MS),
    })
    if (!answer.ok) throw new Error(`config.json: HTTP ${answer.status.toString()}`)
    return await answer.json()
  } catch (cause) {
    throw new ConfigurationProblem(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

/** @throws ConfigurationProblem */
export function parseConfiguration(content: unknown): Configuration {
  const parsed = v.safeParse(Configuration, content)
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  throw new ConfigurationProblem(`config.json: ${v.getDotPath(issue) ?? ''} ${issue.message}`)
}
