// The page that the workshop's learners build, workshop/screens: JavaScript as a browser takes it, without a build.
import { defineConfig } from 'eslint/config'
import ts from 'typescript-eslint'

export default defineConfig({
  files: ['workshop/screens/**/*.js'],
  extends: [ts.configs.strict, ts.configs.stylistic],
  rules: {
    'max-lines-per-function': ['error', { max: 20, skipComments: true }],
    'no-console': 'error',
    'no-restricted-properties': ['error', { property: 'innerHTML' }, { property: 'outerHTML' }],
    'prefer-const': 'error',
  },
})
