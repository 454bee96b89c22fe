/**
 * Builds the pages into a folder at each save, and says in a line of JSON what came of it: `{"built": true}`, or
 * `{"file": "/…/App.vue", "line": 12, "what": "…"}`.
 *
 * Usage: tsx tools/build-on-save.ts <folder>
 *
 * It ends when whoever started it has: its standard input is closed then.
 */
import { build, type Rolldown } from 'vite'

const [folder] = process.argv.slice(2)
if (!folder) throw new Error('Usage: tsx tools/build-on-save.ts <folder>')

interface Fault {
  message: string
  id?: string
  loc?: { file?: string; line?: number }
  errors?: Fault[]
}

function say(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`)
}

function tell(error: Fault): void {
  const { message, id, loc } = error.errors?.[0] ?? error
  say({ file: loc?.file ?? id, line: loc?.line, what: message.split('\n')[0] })
}

process.stdin.on('end', () => process.exit()).resume()

// Never emptied, or whoever reads the folder meanwhile would take the pages for gone.
const watcher = (await build({
  logLevel: 'silent',
  build: { outDir: folder, emptyOutDir: false, reportCompressedSize: false, watch: {} },
})) as Rolldown.RolldownWatcher

let failed = false
watcher.on('event', async (event) => {
  if (event.code === 'START') failed = false
  if (event.code === 'BUNDLE_END') await event.result.close()
  if (event.code === 'ERROR') {
    failed = true
    tell(event.error)
  }
  if (event.code === 'END' && !failed) say({ built: true })
})
