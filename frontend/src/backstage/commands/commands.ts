/**
 * The `awslocal` lines that show in a terminal what the panels show. Pure.
 *
 * `tests/integration/pages/test_commands.py` runs, as the page gives them, those of panels that have something to show.
 */
import { EVENTS_LOG_GROUP, functionLogGroup } from '../cloud/names'
import { masked } from '../json/masking'

type Options = Readonly<Record<string, string | number>>

export const ofExecutions = (stateMachineArn: string) =>
  awslocal('stepfunctions list-executions', { 'state-machine-arn': stateMachineArn, 'max-items': 25 })

export const ofExecution = (executionArn: string) =>
  awslocal('stepfunctions get-execution-history', { 'execution-arn': executionArn })

/** What came into the state, and what came out of it. */
export const ofState = (executionArn: string, state: string) =>
  awslocal('stepfunctions get-execution-history', {
    'execution-arn': executionArn,
    query: `events[?stateEnteredEventDetails.name==${raw(state)} || stateExitedEventDetails.name==${raw(state)}]`,
  })

export const ofDefinition = (stateMachineArn: string) =>
  awslocal('stepfunctions describe-state-machine', {
    'state-machine-arn': stateMachineArn,
    query: 'definition',
    output: 'text',
  })

/**
 * @param text - what the lines have in them; empty: anything.
 * @param sinceTs - ms since 1970.
 */
export const ofEvents = (text: string, sinceTs: number) =>
  awslocal('logs filter-log-events', {
    'log-group-name': EVENTS_LOG_GROUP,
    'start-time': Math.round(sinceTs),
    // Not by a filter's pattern, which LocalStack takes and does not follow.
    query: text ? `events[?contains(message, ${raw(text)})].message` : 'events[].message',
  })

export const ofRules = (busName: string) => awslocal('events list-rules', { 'event-bus-name': busName })

export const ofMatch = (pattern: string, envelope: Record<string, unknown>) =>
  awslocal('events test-event-pattern', { 'event-pattern': pattern, event: JSON.stringify(masked(envelope)) })

export const ofTables = () => awslocal('dynamodb list-tables')

export const ofTable = (table: string) => awslocal('dynamodb scan', { 'table-name': table, 'max-items': 25 })

/** @param key - with DynamoDB's types: `{"orderId": {"S": "..."}}`. */
export const ofRow = (table: string, key: object) =>
  awslocal('dynamodb get-item', { 'table-name': table, key: JSON.stringify(key) })

export const ofFunctions = () => awslocal('lambda list-functions', { query: 'Functions[].FunctionName' })

/** @param sinceTs - ms since 1970. */
export const ofFunctionLog = (functionName: string, sinceTs: number) =>
  awslocal('logs filter-log-events', {
    'log-group-name': functionLogGroup(functionName),
    'start-time': Math.round(sinceTs),
    query: 'events[].message',
  })

/** Who receives a letter hides it from others for a while; with a timeout of 0 s it is hidden from nobody. */
export const ofDeadLetters = (queueUrl: string) =>
  awslocal('sqs receive-message', {
    'queue-url': queueUrl,
    'max-number-of-messages': 10,
    'visibility-timeout': 0,
    'message-attribute-names': 'All',
  })

/** No API of AWS gives back what was sent; LocalStack has a page of its own. */
export const ofSent = (url: string) => `curl --silent ${quoted(url)}`

function awslocal(operation: string, options: Options = {}): string {
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, quoted(value.toString())])
  return ['awslocal', operation, ...words].join(' ')
}

/** A word for a POSIX shell. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

/** A text in JMESPath. https://jmespath.org/specification.html#raw-string-literals */
function raw(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
