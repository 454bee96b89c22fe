/** What the deployer names things (`deployer/`, `.chalice/config.json`) and `config.json` does not say. */

/** Begins the name of every table and function of the bar. */
export const OWN_PREFIX = 'serverlesspresso-'

export const EVENTS_LOG_GROUP = '/aws/events/serverlesspresso'
export const DEAD_LETTER_QUEUE = 'serverlesspresso-dead-letters'

export function functionLogGroup(functionName: string): string {
  return `/aws/lambda/${functionName}`
}

/** The account in an ARN: `arn:aws:states:us-east-1:000000000000:...`. */
export function accountOf(arn: string): string {
  return arn.split(':')[4] ?? ''
}

/** The last part of an ARN: the name of an execution, a function, a state machine. */
export function nameOf(arn: string): string {
  return arn.split(':').at(-1) ?? arn
}
