import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startRegistry } from '../../../release/registry.mjs'
import { rehearse } from '../../../release/rehearse.mjs'

const prebuild = fileURLToPath(new URL('../../../prebuild/main.mjs', import.meta.url))

/** Publishes all packages to a registry of their own, and makes a PATH without a compiler and without python. */
export default async function publish() {
  execFileSync(process.execPath, [prebuild, '--host'], { stdio: ['ignore', 'ignore', 'inherit'] })
  const directory = mkdtempSync(join(tmpdir(), 'selectors-install-'))
  const registry = await startRegistry(join(directory, 'registry'))
  rehearse(join(directory, 'copy'), registry.url)
  mkdirSync(join(directory, 'path'))
  symlinkSync(process.execPath, join(directory, 'path/node'))
  symlinkSync('/bin/sh', join(directory, 'path/sh'))
  mkdirSync(join(directory, 'projects'))
  Object.assign(process.env, { SELECTORS_PUBLISHED: directory, SELECTORS_REGISTRY: registry.url })
  Object.assign(globalThis, { registry })
}
