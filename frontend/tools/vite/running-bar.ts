/**
 * `npm run dev` and `npm run preview` on the bar that runs on this machine.
 *
 * The local cloud answers pages of its own origin only, as those in its S3 are. So these servers hand every request that
 * is for no page on to it, and `config.json` names them instead of it.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import type { Connect, Plugin, PreviewServer, ProxyOptions, ViteDevServer } from 'vite'

import { PAGES } from './pages.ts'

const OUTPUTS =
  process.env.BAR_OUTPUTS ?? fileURLToPath(new URL('../../../.local/outputs.json', import.meta.url))
const FILES = [
  'index\\.html',
  'config\\.json',
  'favicon\\.svg',
  'icon-',
  'notices\\.js',
  'theme\\.js',
  '\\w+\\.webmanifest',
]
const OURS = [...PAGES, ...FILES, 'assets', 'src', 'node_modules', '@', '__'].join('|')

function outputs(): { endpointUrl: string } & Record<string, unknown> {
  return JSON.parse(readFileSync(OUTPUTS, 'utf8')) as { endpointUrl: string }
}

function configuration(origin: string): string {
  const found = outputs()
  const frontends = Object.fromEntries(PAGES.map((page) => [page, `${origin}/${page}/index.html`]))
  const { host } = new URL(found.endpointUrl)
  return JSON.stringify({ ...found, frontends, homeUrl: `${origin}/` }).replaceAll(
    `//${host}`,
    `//${new URL(origin).host}`,
  )
}

function serveConfiguration(server: ViteDevServer | PreviewServer): void {
  const answer: Connect.NextHandleFunction = (request, response, next) => {
    try {
      const body = configuration(`http://${request.headers.host ?? 'localhost'}`)
      response.setHeader('content-type', 'application/json').end(body)
    } catch (error) {
      next(new Error(`${OUTPUTS} cannot be read; is the bar running (make local)?`, { cause: error }))
    }
  }
  server.middlewares.use('/config.json', answer)
}

/** Serves `config.json` of the running bar. */
export function runningBar(): Plugin {
  return {
    name: 'running-bar',
    configureServer: serveConfiguration,
    configurePreviewServer: serveConfiguration,
  }
}

/** Hands what is no page's on to the local cloud; nothing where no bar was deployed. */
export function toRunningBar(): Record<string, ProxyOptions> {
  let target: string
  try {
    target = outputs().endpointUrl
  } catch {
    return {}
  }
  const rules: ProxyOptions = {
    target,
    ws: true,
    changeOrigin: true,
    // The home page's address is the local cloud's, too: AWS's JSON protocols (Cognito, DynamoDB, ...) POST to it.
    bypass: ({ method, url }) => (url === '/' && method !== 'POST' ? url : undefined),
    configure: (proxy) => {
      proxy.on('proxyReq', (request) => request.removeHeader('origin'))
      proxy.on('proxyReqWs', (request) => request.removeHeader('origin'))
    },
  }
  return { [`^/(?!(${OURS}))`]: rules }
}
