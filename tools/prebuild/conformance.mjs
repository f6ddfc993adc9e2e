// Runs the conformance suite over prebuilds, on a Node that need not be the one that the workspace was built with:
// `node tools/prebuild/conformance.mjs epoll poll select`. EXEC_PATH is what starts a process like this one, where an emulator
// stands between it and its system, and LIMIT the seconds that a test may take, where that makes all slow.
import { createRequire } from 'node:module'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { conformance } from '@selectors/core/conformance'

process.env.PREBUILDS_ONLY = '1'
if (process.env.EXEC_PATH) process.execPath = process.env.EXEC_PATH

const require = createRequire(import.meta.url)
const { pairs } = await import('@selectors/socket/pairs')

for (const backend of process.argv.slice(2)) {
  const module = require.resolve(`@selectors/${backend}`)
  const name = `${backend[0].toUpperCase()}${backend.slice(1)}Selector`
  const { [name]: Selector } = require(module)
  const subject = {
    name,
    create: (options) => new Selector(options),
    pairs,
    supports: Selector.supports,
    module,
    limit: Number(process.env.LIMIT ?? 60),
  }
  describe(`${backend} on ${process.platform}-${process.arch}`, () =>
    conformance(subject, { describe, it, beforeEach, afterEach }))
}
