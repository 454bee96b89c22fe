/**
 * The pages' texts, taken apart when the pages are built: which words, which holes, which plurals. A text that cannot be read
 * fails the build, and no page brings the compiler along. `npm run dev` and the tests read the texts as they are.
 */
import { baseCompile } from '@intlify/message-compiler' // vue-i18n's own, which comes with it
import type { Plugin } from 'vite'

const TEXTS = /\/src\/locales\/[^/]+\/[^/]+\.json$/

interface Texts {
  [key: string]: Texts | string
}

/** @throws SyntaxError for a text that vue-i18n cannot read; the message holds the text. */
export function compiled(texts: Texts): object {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [
      key,
      typeof text === 'string' ? compiledText(text) : compiled(text),
    ]),
  )
}

function compiledText(text: string): object {
  const onError = ({ message }: Error) => {
    throw new SyntaxError(`${message}: ${text}`)
  }
  return baseCompile(text, { jit: true, location: false, minify: true, onError }).ast
}

export function compiledTexts(): Plugin {
  return {
    name: 'compiled-texts',
    apply: 'build',
    enforce: 'pre',
    config: () => ({
      define: { __INTLIFY_DROP_MESSAGE_COMPILER__: true },
      resolve: { alias: { 'vue-i18n': 'vue-i18n/dist/vue-i18n.runtime.mjs' } },
    }),
    transform: (code, id) =>
      TEXTS.test(id) ? { code: JSON.stringify(compiled(JSON.parse(code) as Texts)), map: null } : null,
  }
}
