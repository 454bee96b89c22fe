/** The pages, what the head of each of them holds, and what each shows before its script runs. */
import { readFileSync } from 'node:fs'

import type { HtmlTagDescriptor, Plugin } from 'vite'

/** Each in a folder of its own. */
export const PAGES = ['order', 'barista', 'display', 'backstage'] as const
/** The page beside the folders, which leads to them. */
const HOME = 'home'

type Name = (typeof PAGES)[number] | typeof HOME

interface Words {
  brand: string
  pages: Record<Name, string>
  about: Record<Name, string>
}

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

// What search engines and link previews read; the script puts the person's own language in its place.
const { shared: words } = JSON.parse(read('src/locales/en/shared.json')) as { shared: Words }

const [COUNTER, PAPER] = ['#2b1a11', '#fbf7f2'] // src/shared/theme/base.css

const APP = '<div id="app"></div>'
// Painted as soon as the style is there; Vue then puts the page in its place.
const SHELL = read('src/shared/shell.html')

function title(name: Name): string {
  return name === HOME ? words.brand : `${words.pages[name]} · ${words.brand}`
}

/** @param root - from the page to where the folders are. */
function head(name: Name, root: string): HtmlTagDescriptor[] {
  return [
    { tag: 'meta', attrs: { charset: 'utf-8' } },
    {
      tag: 'meta',
      attrs: { name: 'viewport', content: 'width=device-width, initial-scale=1, viewport-fit=cover' },
    },
    { tag: 'meta', attrs: { name: 'referrer', content: 'no-referrer' } },
    { tag: 'meta', attrs: { name: 'description', content: words.about[name] } },
    { tag: 'meta', attrs: { name: 'theme-color', content: COUNTER } },
    { tag: 'link', attrs: { rel: 'icon', type: 'image/svg+xml', href: `${root}favicon.svg` } },
    { tag: 'link', attrs: { rel: 'apple-touch-icon', href: `${root}icon-180.png` } },
    { tag: 'link', attrs: { rel: 'manifest', href: `${root}${name}.webmanifest` } },
    // What the script asks for first (src/shared/configuration.ts) is there when it runs.
    { tag: 'link', attrs: { rel: 'preload', as: 'fetch', crossorigin: '', href: `${root}config.json` } },
    { tag: 'script', attrs: { src: `${root}theme.js` } }, // neither module nor deferred: it runs before anything is painted
  ]
}

/** What a phone needs to put the page on its home screen. https://www.w3.org/TR/appmanifest/ */
function manifest(name: Name): string {
  const address = name === HOME ? 'index.html' : `${name}/index.html`
  return JSON.stringify({
    id: address,
    name: title(name),
    short_name: name === HOME ? words.brand : words.pages[name],
    description: words.about[name],
    start_url: address,
    scope: name === HOME ? './' : `${name}/`,
    display: name === 'display' ? 'fullscreen' : 'standalone',
    background_color: PAPER,
    theme_color: COUNTER,
    icons: [
      { src: 'favicon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: 'icon-180.png', sizes: '180x180', type: 'image/png' },
      { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
    ],
  })
}

function nameOf(path: string): Name {
  return PAGES.find((page) => path === `/${page}/index.html`) ?? HOME
}

/** Gives every page its head, the same first look, and a manifest, so that no page repeats them. */
export function pageFrame(): Plugin {
  return {
    name: 'page-frame',
    transformIndexHtml(html, { path }) {
      const name = nameOf(path)
      const root = name === HOME ? './' : '../'
      return {
        html: html
          .replace('<html', `<html data-root="${root}"`)
          .replace(/<title>.*<\/title>/, `<title>${title(name)}</title>`)
          .replace(APP, `<div id="app">${SHELL}</div>`),
        tags: head(name, root).map((tag) => ({ ...tag, injectTo: 'head-prepend' })),
      }
    },
    generateBundle() {
      for (const name of [HOME, ...PAGES] as const)
        this.emitFile({ type: 'asset', fileName: `${name}.webmanifest`, source: manifest(name) })
    },
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const name = /^\/(\w+)\.webmanifest$/.exec(request.url ?? '')?.[1]
        if (name && name in words.about)
          response.setHeader('content-type', 'application/manifest+json').end(manifest(name as Name))
        else next()
      })
    },
  }
}

/** The style comes before the scripts, which are larger by far: so the page's first look is there while they are on their way. */
export function styleFirst(): Plugin {
  return {
    name: 'style-first',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html) =>
        html.replaceAll(/<(script type|link rel)="module(preload)?"/g, '$& fetchpriority="low"'),
    },
  }
}

/** Where Vite finds the pages: `{order: 'order/index.html', ...}`. */
export const pageInputs = {
  [HOME]: 'index.html',
  ...Object.fromEntries(PAGES.map((page) => [page, `${page}/index.html`])),
}
