// start HOW PACKAGE CLASS: reports, instead of a time for each pass, how long this process uses the processor to load a package, in all
// threads: by `require`, by `import`, or by `require` with a first selector. To be asked once. CommonJS, because an ES module would have
// loaded half of what the first `require` of a package needs.
import { readSync, writeSync } from 'node:fs'

const [, , how, name = '', className = ''] = process.argv

writeSync(1, 'ready\n')
readSync(0, Buffer.alloc(32))
const start = process.cpuUsage()
report(how === 'import' ? import(name) : construct(require(name)))

function construct(exported: Record<string, new () => { close(): void }>): void {
  if (how === 'construct') new (exported[className] as new () => { close(): void })().close()
}

async function report(loaded: unknown): Promise<void> {
  if (how === 'import') await loaded
  const { user, system } = process.cpuUsage(start)
  writeSync(1, `${1000 * (user + system)}\n`)
}
