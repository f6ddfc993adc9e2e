import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageManager } from '../../../../package.json'
import { prebuildOf } from '../installation'

const workspace = join(__dirname, '..', '..', '..')
const scope = '@selectors'

/** Packs the packages as they are published, bindings included, and unpacks them where installations are copied from. */
export default function pack(): void {
  const directory = mkdtempSync(join(tmpdir(), 'selectors-default-'))
  process.env.SELECTORS_PACKED = directory
  const names = ['core', 'epoll', 'poll', 'select', 'default']
  const filters = names.map((name) => `--filter=${scope}/${name}`)
  const command = ['--yes', packageManager, '--recursive', ...filters, 'pack', '--pack-destination', directory]
  execFileSync('npx', command, { cwd: workspace, stdio: ['ignore', 'ignore', 'inherit'] })
  for (const name of names) unpack(name, directory)
  cpSync(realpathSync(join(workspace, 'core/node_modules/node-gyp-build')), join(directory, 'node-gyp-build'), {
    recursive: true,
  })
}

function unpack(name: string, directory: string): void {
  const target = join(directory, scope, name)
  mkdirSync(target, { recursive: true })
  const tarball = readdirSync(directory).find((file) => file.startsWith(`selectors-${name}-`)) as string
  execFileSync('tar', ['-xzf', join(directory, tarball), '-C', target, '--strip-components=1'])
  rmSync(join(directory, tarball))
  // Not one of an earlier state of the sources.
  rmSync(join(target, 'native/prebuilds'), { recursive: true, force: true })
  const binding = join(workspace, name, 'native/build/Release', `${name}.node`)
  if (!existsSync(binding)) return
  cpSync(binding, join(target, prebuildOf(name)))
}
