/** The four pages and what the head of each of them holds. */
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

/** Gives every page the same head, so that no page repeats it. */
export function pageHead(): Plugin {
  return {
    name: 'page-head',
    transformIndexHtml: () => HEAD.map((tag) => ({ ...tag, injectTo: 'head-prepend' })),
  }
}

/** Where Vite finds the pages: `{order: 'order/index.html', ...}`. */
export const pageInputs = Object.fromEntries(PAGES.map((page) => [page, `${page}/index.html`]))
