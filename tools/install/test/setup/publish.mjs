import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { usePrebuildsOfHost } from '../../../prebuild/host.mjs'
import { startRegistry } from '../../../release/registry.mjs'
import { rehearse } from '../../../release/rehearse.mjs'

/** Publishes all packages to a registry of their own, and makes a PATH without a compiler and without python. */
export default async function publish() {
  usePrebuildsOfHost()
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
