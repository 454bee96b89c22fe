/** AWS as a test has it: what its clients answer, and what they throw. */
import { vi } from 'vitest'

type Input = Readonly<Record<string, unknown>>

interface Sender {
  send: (command: { constructor: { name: string }; input: Input }) => Promise<unknown>
}

/** @param answer - to a command by its name, such as `ListRules`, and its input. */
export function answerFor(Kind: { prototype: unknown }, answer: (name: string, input: Input) => unknown) {
  return vi
    .spyOn(Kind.prototype as Sender, 'send')
    .mockImplementation(async ({ constructor, input }) =>
      answer(constructor.name.replace(/Command$/, ''), input),
    )
}

export function refusal(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } })
}
