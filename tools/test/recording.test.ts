import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { conformance } from '@selectors/core/conformance'
import type { PollSelector } from '@selectors/poll'
import { pipe } from '@selectors/socket/pairs'
import { blocksOf } from './markdown'

const root = join(__dirname, '..', '..')

/** The backend that a page shows is held to the contract as any other. */
const file = compiled('recording-selector')
const { RecordingSelector } = require(file) as { RecordingSelector: typeof PollSelector }

conformance(
  {
    name: 'RecordingSelector',
    create: () => new RecordingSelector(),
    // What it waits on is the affair of the backend below it.
    pairs: [pipe],
    supports: RecordingSelector.supports,
    module: file,
  },
  { describe, it, beforeEach, afterEach },
)

/** Compiles a named block of the page as CommonJS, which jest can load. Answers where it is. */
function compiled(name: string): string {
  const blocks = blocksOf(readFileSync(join(root, 'docs/adding-a-backend.md'), 'utf8'))
  const { code } = blocks.find((block) => block.file === `${name}.mts`) as { code: string }
  const directory = join(__dirname, '..', '.results', name)
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, `${name}.cts`), code)
  writeFileSync(
    join(directory, 'tsconfig.json'),
    JSON.stringify({ extends: relative(directory, join(root, 'tsconfig.base.json')) }),
  )
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', directory], { encoding: 'utf8' })
  if (stdout !== '') throw new Error(`${name} does not compile:\n${stdout}`)
  return join(directory, `${name}.cjs`)
}
