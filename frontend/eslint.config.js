import intlify from '@intlify/eslint-plugin-vue-i18n'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import { defineConfig } from 'eslint/config'
import ts from 'typescript-eslint'

// Groups of texts whose keys are made at run time; tests/texts.test.ts sees to it that they are whole.
const MADE_AT_RUN_TIME = [
  '/^shared\\.(pages|about|settings|connection|states|reasons|problems|widgets)\\./',
  '/^order\\.(endings|refusals)\\./',
  '/^backstage\\.(groups|outcomes|replays|standings)\\./',
  '/^barista\\.(screens|columns|nothing|moves|done|faults|states|waits|limits\\.names|limits\\.about)\\./',
]

export default defineConfig(
  { ignores: ['dist/', 'node_modules/'] },
  {
    files: ['**/*.{ts,vue}'],
    extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked, vue.configs['flat/recommended']],
    languageOptions: {
      parserOptions: { parser: ts.parser, projectService: true, extraFileExtensions: ['.vue'] },
    },
    rules: {
      'max-lines': ['error', 350],
      'max-lines-per-function': ['error', { max: 50, skipComments: true, skipBlankLines: true }],
      'no-console': 'error',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/define-macros-order': 'error',
      'vue/no-unused-refs': 'error',
      'vue/no-v-html': 'error',
      'vue/require-default-prop': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/unified-signatures': 'off', // says the same of two events of a component
    },
  },
  {
    files: ['tests/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/require-await': 'off' },
  },
  {
    files: ['src/**/*.{ts,vue}', 'src/locales/**/*.json'],
    extends: [intlify.configs.base],
    settings: {
      'vue-i18n': {
        localeDir: {
          pattern: './src/locales/*/*.json',
          localeKey: 'path',
          localePattern: /^.*\/(?<locale>[a-z]{2})\/[a-z]+\.json$/,
        },
        messageSyntaxVersion: '^11.0.0',
      },
    },
    rules: {
      '@intlify/vue-i18n/no-missing-keys': 'error',
      '@intlify/vue-i18n/no-unused-keys': [
        'error',
        { extensions: ['.ts', '.vue'], ignores: MADE_AT_RUN_TIME },
      ],
      '@intlify/vue-i18n/no-raw-text': ['error', { ignorePattern: '^[^\\p{L}]*$' }],
      '@intlify/vue-i18n/valid-message-syntax': 'error',
    },
  },
  prettier,
)
