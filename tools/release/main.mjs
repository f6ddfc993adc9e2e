// Publishes the packages, as they are built and prebuilt now. CONTRIBUTING says what comes before.
//
//     npm run release -- --dry-run   to a registry on this machine, with the version that they would get
//     npm run release                to npm
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bindings, prebuildOf } from '../prebuild/bindings.mjs'
import { compilation } from '../prebuild/compilation.mjs'
import { targets } from '../prebuild/targets.mjs'
import { startRegistry } from './registry.mjs'
import { rehearse } from './rehearse.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const dryRun = process.argv.includes('--dry-run')
const obstacles = [...missingPrebuilds(), ...(dryRun ? [] : [...pendingChangesets(), ...uncommitted()])]

if (obstacles.length > 0) {
  console.error(`Not ready for a release:\n${obstacles.map((obstacle) => `  - ${obstacle}\n`).join('')}`)
  process.exit(1)
}
if (dryRun) await publishHere()
else process.exit(spawnSync('changeset', ['publish'], { cwd: root, stdio: 'inherit' }).status ?? 1)

async function publishHere() {
  const directory = mkdtempSync(join(tmpdir(), 'selectors-release-'))
  const registry = await startRegistry(join(directory, 'registry'))
  try {
    rehearse(join(directory, 'copy'), registry.url)
    for (const name of readdirSync(join(root, 'packages'))) await describe(`@selectors/${name}`, registry.url)
  } finally {
    registry.stop()
    rmSync(directory, { recursive: true })
  }
}

async function describe(name, registry) {
  const { versions } = await (await fetch(new URL(name, registry))).json()
  for (const [version, { dist }] of Object.entries(versions)) {
    const { byteLength } = await (await fetch(dist.tarball)).arrayBuffer()
    console.log(`${name}@${version}: ${(byteLength / 1024).toFixed(0)} KB`)
  }
}

function missingPrebuilds() {
  const missing = ({ directory, target }) =>
    !existsSync(prebuildOf(directory, target)) && compilation(directory, target.os).length > 0
  return bindings()
    .flatMap((directory) => targets.map((target) => ({ directory, target })))
    .filter(missing)
    .map(({ directory, target }) => `no ${relative(root, prebuildOf(directory, target))}: npm run prebuilds`)
}

function pendingChangesets() {
  const pending = readdirSync(join(root, '.changeset')).filter((name) => name.endsWith('.md'))
  return pending.length > 0 ? ['changesets that are in no changelog: npm run changeset -- version, and commit'] : []
}

function uncommitted() {
  const changes = execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' })
  return changes === '' ? [] : ['uncommitted changes: commit them']
}
