// Packs the packages, as they are built now, for projects on this machine, and prints the command that installs them: what `npm run
// pack` does after a build. An argument names the directory of the tarballs, which is `packed` otherwise.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { usePrebuildsOfHost } from '../prebuild/host.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const directory = resolve(process.argv[2] ?? join(root, 'packed'))

const system = usePrebuildsOfHost()
rmSync(directory, { recursive: true, force: true })
mkdirSync(directory, { recursive: true })
const filters = libraries().map((name) => `--filter=${name}`)
const command = ['--recursive', ...filters, 'pack', '--pack-destination', directory]
execFileSync('pnpm', command, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })

console.log(`Packed for ${system}, ${libraries().length} packages. This installs them in a project:\n`)
console.log(`npm install ${quoted(directory)}/*.tgz`)

/** The packages that are imported: the others are programs, which a clone has. */
function libraries() {
  return readdirSync(join(root, 'packages'))
    .map((name) => JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')))
    .filter(({ exports }) => exports)
    .map(({ name }) => name)
}

/** As a shell has to be given it. */
function quoted(path) {
  return /^[\w./:@+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
}
