/** How parts of the map are called, by their ARNs. Pure. */

/** The id of the part that an ARN names, or an ARN's pattern; its name may hold `*`. Empty for what is no part. */
export function partOf(arn: string): string {
  const [, , service = '', , , ...rest] = arn.split(':')
  const resource = rest.join(':')
  const find = FINDERS[service]
  return find?.(resource) ?? ''
}

const FINDERS: Readonly<Record<string, (resource: string) => string>> = {
  lambda: (resource) => `function:${resource.split(':')[1] ?? ''}`,
  states: (resource) => `workflow:${resource.split(':')[1] ?? ''}`,
  dynamodb: (resource) => `table:${resource.split('/')[1] ?? ''}`,
  events: (resource) =>
    resource.startsWith('event-bus/') ? `bus:${resource.slice('event-bus/'.length)}` : '',
  logs: (resource) => `log:${resource.replace(/^log-group:/, '').replace(/:\*$/, '')}`,
  'execute-api': (resource) => (resource.includes('/@connections/') ? 'sockets:*' : ''),
}

/** A part's name without what all names of the bar begin with. */
export function shortNameOf(name: string): string {
  return name
    .replace(/^\/aws\/(.+)\/serverlesspresso$/, '$1')
    .replace(/^serverlesspresso(-local|-aws)?(-|$)/, '')
}

/** There is room for so many letters in a line of a box. */
const MOST_LETTERS = 12

/** The same in pieces, between which a line may break: `ask_`, `customer`. */
export function piecesOf(name: string): string[] {
  const words = name.split(/(?<=[_\-/])|(?<=[a-z])(?=[A-Z])/)
  return words.flatMap((word) => (word.length > MOST_LETTERS ? (word.match(/.{1,10}/g) ?? []) : [word]))
}
