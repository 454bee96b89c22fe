/** The four pages, what the head of each of them holds, and what each shows before its script runs. */
import { readFileSync } from 'node:fs'

import type { HtmlTagDescriptor, Plugin } from 'vite'

export const PAGES = ['order', 'barista', 'display', 'backstage'] as const

// Before anything is painted, so that a chosen theme never flashes the other one (see src/shared/theme/theme.ts).
const CHOSEN_THEME = `document.documentElement.dataset.theme = localStorage.getItem('serverlesspresso.theme') ?? 'auto'`

const HEAD: HtmlTagDescriptor[] = [
  { tag: 'meta', attrs: { charset: 'utf-8' } },
  {
    tag: 'meta',
    attrs: { name: 'viewport', content: 'width=device-width, initial-scale=1, viewport-fit=cover' },
  },
  { tag: 'meta', attrs: { name: 'referrer', content: 'no-referrer' } },
  { tag: 'link', attrs: { rel: 'icon', type: 'image/svg+xml', href: '../favicon.svg' } },
  { tag: 'script', children: CHOSEN_THEME },
]

const APP = '<div id="app"></div>'
// Painted as soon as the style is there; Vue then puts the page in its place.
const SHELL = readFileSync(new URL('../../src/shared/shell.html', import.meta.url), 'utf8')

/** Gives every page the same head and the same first look, so that no page repeats them. */
export function pageFrame(): Plugin {
  return {
    name: 'page-frame',
    transformIndexHtml: (html) => ({
      html: html.replace(APP, `<div id="app">${SHELL}</div>`),
      tags: HEAD.map((tag) => ({ ...tag, injectTo: 'head-prepend' })),
    }),
  }
}

/** Where Vite finds the pages: `{order: 'order/index.html', ...}`. */
export const pageInputs = Object.fromEntries(PAGES.map((page) => [page, `${page}/index.html`]))
