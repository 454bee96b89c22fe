/**
 * Looks at a page as a person would, in the Chromium of this machine: a picture, and what is wrong with it.
 *
 *   npm run look -- order                            dist/ or `npm run dev`, whatever answers at --at
 *   npm run look -- barista --as barista@example.com --size 1180x820 --dark --to /tmp/barista.png
 *
 * Prints faults in the console, requests to other machines, and what axe finds. Ends with 1 if there is any of it.
 */
import { parseArgs } from 'node:util'

import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Page } from 'playwright-core'

import { signIn } from './sign-in.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    at: { type: 'string', default: 'http://127.0.0.1:5173' }, // where the folders of the pages are
    as: { type: 'string' }, // whose page it is, by e-mail address
    size: { type: 'string', default: '360x740' },
    dark: { type: 'boolean', default: false },
    language: { type: 'string', default: 'en' },
    hash: { type: 'string', default: '' }, // which screen
    to: { type: 'string', default: 'look.png' },
  },
})
const [name = 'order'] = positionals
const [width = 360, height = 740] = options.size.split('x').map(Number)
const problems: string[] = []

function watch(page: Page): void {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      problems.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`))
  page.on('request', (request) => {
    if (!/^(data|blob):|\/\/(127\.0\.0\.1|localhost)[:/]/.test(request.url()))
      problems.push(`leaves: ${request.url()}`)
  })
}

async function judge(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  for (const { id, impact, help, nodes } of violations) {
    problems.push(`axe ${impact ?? ''} ${id}: ${help}\n    ${nodes.map(({ html }) => html).join('\n    ')}`)
  }
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-sync',
  ],
})
const context = await browser.newContext({
  viewport: { width, height },
  colorScheme: options.dark ? 'dark' : 'light',
  locale: options.language,
})
const page = await context.newPage()
watch(page)
if (options.as) {
  const [key, session] = [`serverlesspresso.${name}.session`, await signIn(options.at, options.as)]
  await context.addInitScript(([key, session]) => localStorage.setItem(key, session), [key, session] as const)
}
await page.goto(`${options.at}/${name}/index.html${options.hash}`, { waitUntil: 'load' })
await page.waitForSelector('#app > *')
await page.waitForTimeout(1500) // what comes from the bar has come; a picture needs no more certainty
await judge(page)
await page.screenshot({ path: options.to })
await browser.close()
process.stdout.write([`${options.to} ${options.size}`, ...problems, ''].join('\n'))
process.exitCode = problems.length ? 1 : 0
