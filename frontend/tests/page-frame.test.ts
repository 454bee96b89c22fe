// @vitest-environment node
import { expect, it } from 'vitest'

import { PAGES, pageFrame, styleFirst } from '../tools/vite/pages'

interface Tag {
  tag: string
  attrs?: Record<string, string>
}

interface Frame {
  html: string
  tags: Tag[]
}

const HTML = '<html lang="en"><head><title>x</title></head><body><div id="app"></div></body></html>'

function framed(path: string): Frame {
  const transform = pageFrame().transformIndexHtml as unknown as (html: string, context: object) => Frame
  return transform(HTML, { path })
}

function manifests(): Map<string, Record<string, unknown>> {
  const found = new Map<string, Record<string, unknown>>()
  const emitFile = ({ fileName, source }: { fileName: string; source: string }) =>
    found.set(fileName, JSON.parse(source) as Record<string, unknown>)
  ;(pageFrame().generateBundle as unknown as (this: object) => void).call({ emitFile })
  return found
}

it.each([
  ['/index.html', './', 'home', 'Serverlesspresso'],
  ...PAGES.map((page) => [
    `/${page}/index.html`,
    '../',
    page,
    `${page[0]?.toUpperCase() ?? ''}${page.slice(1)} · Serverlesspresso`,
  ]),
])('%s has title, description, icon, theme colour and manifest', (path, root, name, title) => {
  const { html, tags } = framed(path)
  expect(html).toContain(`<title>${title}</title>`)
  expect(html).toContain(`data-root="${root}"`)
  const attributes = tags.map(({ attrs }) => attrs ?? {})
  expect(attributes.find((one) => one.name === 'description')?.content).toMatch(/\w{3}/)
  expect(attributes.find((one) => one.name === 'theme-color')?.content).toBe('#2b1a11')
  expect(attributes.find((one) => one.rel === 'icon')?.href).toBe(`${root}favicon.svg`)
  expect(attributes.find((one) => one.rel === 'manifest')?.href).toBe(`${root}${name}.webmanifest`)
})

it.each(['/index.html', ...PAGES.map((page) => `/${page}/index.html`)])(
  '%s has its theme before it paints, and no script that stands in the page itself',
  (path) => {
    const { tags } = framed(path)
    const scripts = tags.filter(({ tag }) => tag === 'script')
    const root = path === '/index.html' ? './' : '../'
    expect(scripts).toEqual([{ tag: 'script', attrs: { src: `${root}theme.js` }, injectTo: 'head-prepend' }])
  },
)

it('each manifest begins where its page is', () => {
  const found = manifests()
  expect([...found.keys()].sort()).toEqual([...PAGES, 'home'].map((name) => `${name}.webmanifest`).sort())
  for (const { start_url, scope, name, description } of found.values()) {
    expect(`./${String(start_url)}`).toContain(scope === './' ? scope : `./${String(scope)}`)
    expect([name, description]).not.toContain(undefined)
  }
})

it('asks for the style before the scripts, which are larger by far', () => {
  const { handler } = styleFirst().transformIndexHtml as unknown as { handler: (html: string) => string }
  const built = [
    '<script src="../theme.js"></script>',
    '<script type="module" crossorigin src="a.js"></script>',
    '<link rel="modulepreload" crossorigin href="b.js">',
    '<link rel="stylesheet" crossorigin href="c.css">',
  ]
  const later = handler(built.join('\n')).split('\n')
  expect(later.map((tag) => tag.includes('fetchpriority="low"'))).toEqual([false, true, true, false])
  expect(later.map((tag) => tag.replace(' fetchpriority="low"', ''))).toEqual(built)
})

it.each(['/index.html', '/order/index.html'])(
  '%s asks for the configuration before its script does',
  (path) => {
    const { tags } = framed(path)
    const root = path === '/index.html' ? './' : '../'
    const [preload] = tags.filter(({ attrs }) => attrs?.rel === 'preload')
    expect(preload?.attrs).toEqual({
      rel: 'preload',
      as: 'fetch',
      crossorigin: '',
      href: `${root}config.json`,
    })
  },
)
