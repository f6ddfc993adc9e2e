import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * Does to a copy of the workspace what a release does to it: gives it its next version, and publishes all packages, as they
 * are built and prebuilt now.
 *
 * @param directory for the copy; it must not exist
 * @param registry the address of the registry that gets them
 */
export function rehearse(directory, registry) {
  copy(directory)
  const { host } = new URL(registry)
  // Nobody has to log in, but without any token npm does not even ask the registry.
  writeFileSync(join(directory, '.npmrc'), `registry=${registry}\n//${host}/:_authToken=nobody\n`)
  const env = { ...process.env, npm_config_registry: registry }
  const changeset = join(root, 'node_modules/@changesets/cli/bin.js')
  for (const args of [['version'], ['publish', '--no-git-tag']]) {
    execFileSync(process.execPath, [changeset, ...args], { cwd: directory, env, stdio: 'pipe' })
  }
}

/** All that git would commit, and what is built of it. */
function copy(directory) {
  const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const files = execFileSync('git', listed, { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean)
  const built = readdirSync(join(root, 'packages')).flatMap((name) =>
    // node_modules holds links to the other packages, whose versions take the place of `workspace:^`.
    ['dist', 'native/prebuilds', 'node_modules'].map((path) => join('packages', name, path)),
  )
  for (const path of [...files, ...built].filter((path) => existsSync(join(root, path)))) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    cpSync(join(root, path), join(directory, path), { recursive: true, verbatimSymlinks: true })
  }
}
