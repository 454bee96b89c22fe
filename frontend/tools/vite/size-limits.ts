/** Fails a build in which a page's scripts and style sheets, with all that it may load later, are larger than they may be. */
import { gzipSync } from 'node:zlib'

import type { Plugin, Rolldown } from 'vite'

type Chunk = Rolldown.OutputChunk

/** The chunks that the page loads: `first` with itself, `later` when it needs them. */
function chunksOf(page: Chunk, all: ReadonlyMap<string, Chunk>): { first: Set<Chunk>; all: Set<Chunk> } {
  const first = reach([page], all, (chunk) => chunk.imports)
  return { first, all: reach([...first], all, (chunk) => [...chunk.imports, ...chunk.dynamicImports]) }
}

function reach(
  start: Chunk[],
  all: ReadonlyMap<string, Chunk>,
  next: (chunk: Chunk) => string[],
): Set<Chunk> {
  const seen = new Set<Chunk>()
  const waiting = [...start]
  for (let chunk = waiting.pop(); chunk; chunk = waiting.pop()) {
    if (seen.has(chunk)) continue
    seen.add(chunk)
    waiting.push(...next(chunk).flatMap((name) => all.get(name) ?? []))
  }
  return seen
}

/** What is loaded with the chunks: their code, and the style sheets that they bring along. */
function textsOf(chunks: ReadonlySet<Chunk>, bundle: Rolldown.OutputBundle): string[] {
  const sheets = new Set([...chunks].flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]))
  const assets = [...sheets].flatMap((name) => bundle[name] ?? [])
  return [
    ...[...chunks].map(({ code }) => code),
    ...assets.flatMap((asset) => (asset.type === 'asset' ? [String(asset.source)] : [])),
  ]
}

function kilobytes(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0) / 1000
}

/** @param limits - the most kB (1000 bytes, gzip) of each page. */
export function sizeLimits(limits: Readonly<Record<string, number>>): Plugin {
  return {
    name: 'size-limits',
    apply: 'build',
    writeBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
      const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
      for (const page of chunks.filter((chunk) => chunk.isEntry)) {
        const reached = chunksOf(page, byName)
        const first = kilobytes(textsOf(reached.first, bundle))
        const all = kilobytes(textsOf(reached.all, bundle))
        const limit = limits[page.name] ?? 0
        const sizes = `${all.toFixed(1)} kB of scripts and styles compressed, ${first.toFixed(1)} kB of them at first`
        this.info(`${page.name}: ${sizes}; the limit is ${limit.toString()} kB`)
        if (all > limit) this.error(`${page.name} has ${sizes}; the limit is ${limit.toString()} kB`)
      }
    },
  }
}
