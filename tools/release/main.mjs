// Publishes the packages, as they are built and prebuilt now. CONTRIBUTING says what comes before.
//
//     pnpm release --dry-run   to a registry on this machine, with the version that they would get
//     pnpm release             to npm
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prebuildOf } from '../prebuild/build.mjs'
import { compilation } from '../prebuild/compilation.mjs'
import { label, targets } from '../prebuild/targets.mjs'
import { startRegistry } from './registry.mjs'
import { rehearse } from './rehearse.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const dryRun = process.argv.includes('--dry-run')
const obstacles = [...missingPrebuilds(), ...(dryRun ? [] : [...pendingChangesets(), ...uncommitted()])]

if (obstacles.length > 0) {
  console.error(`Not ready for a release:\n${obstacles.map((obstacle) => `  - ${obstacle}\n`).join('')}`)
  if (!dryRun) process.exit(1)
}
if (dryRun) await publishHere()
else process.exit(spawnSync('changeset', ['publish'], { cwd: root, stdio: 'inherit' }).status ?? 1)

async function publishHere() {
  const directory = mkdtempSync(join(tmpdir(), 'selectors-release-'))
  const registry = await startRegistry(join(directory, 'registry'))
  try {
    rehearse(join(directory, 'copy'), registry.url)
    for (const name of readdirSync(join(root, 'packages'))) describe(`@selectors/${name}`, registry.url)
  } finally {
    registry.stop()
    rmSync(directory, { recursive: true })
  }
}

function describe(name, registry) {
  const args = ['view', name, '--json', `--@selectors:registry=${registry}`, 'version', 'dist']
  const { version, dist } = JSON.parse(execFileSync('npm', args, { encoding: 'utf8' }))
  console.log(`${name}@${version}: ${dist.fileCount} files, ${(dist.unpackedSize / 1024).toFixed(0)} KB unpacked`)
}

function missingPrebuilds() {
  return readdirSync(join(root, 'packages'))
    .map((name) => join(root, 'packages', name, 'native'))
    .filter((native) => existsSync(join(native, 'binding.gyp')))
    .flatMap((native) =>
      targets.filter((target) => !existsSync(prebuildOf(native, target)) && compilation(native, target.os).length > 0),
    )
    .map((target) => `no prebuild for ${label(target)}: pnpm prebuild`)
}

function pendingChangesets() {
  const pending = readdirSync(join(root, '.changeset')).filter((name) => name.endsWith('.md'))
  return pending.length > 0 ? ['changesets that are in no changelog: pnpm changeset version, and commit'] : []
}

function uncommitted() {
  const changes = execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' })
  return changes === '' ? [] : ['uncommitted changes: commit them']
}
