/** JSON in pieces that a page can colour. */

export type TokenKind = 'name' | 'text' | 'value' | 'mark'

export interface Token {
  kind: TokenKind
  text: string
}

const PIECE = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** The pieces of `JSON.stringify(value, null, 2)`; together they are the whole text. */
export function tokensOf(value: unknown): Token[] {
  const json = JSON.stringify(value ?? null, listed, 2)
  const tokens: Token[] = []
  let end = 0
  for (const match of json.matchAll(PIECE)) {
    if (match.index > end) tokens.push({ kind: 'mark', text: json.slice(end, match.index) })
    tokens.push({ kind: kindOf(match), text: match[0] })
    end = match.index + match[0].length
  }
  return end < json.length ? [...tokens, { kind: 'mark', text: json.slice(end) }] : tokens
}

function kindOf([, text, colon]: RegExpMatchArray): TokenKind {
  if (colon) return 'name'
  return text ? 'text' : 'value'
}

/** Sets, as DynamoDB gives them, are lists in JSON. */
function listed(_: string, value: unknown): unknown {
  return value instanceof Set ? [...value] : value
}
