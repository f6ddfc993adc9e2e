import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

const published = process.env.SELECTORS_PUBLISHED as string
const registry = process.env.SELECTORS_REGISTRY as string
const examples = join(__dirname, '../../../examples/dist')

/** npm itself, which needs no PATH to be run. */
const npm = (process.env.PATH as string)
  .split(delimiter)
  .map((directory) => join(directory, 'npm'))
  .filter((file) => existsSync(file))
  .map((file) => realpathSync(file))[0] as string

/** How each package manager is run. */
const managers = {
  npm: [npm, 'install', '--no-audit', '--no-fund'],
  'pnpm 10': [npm, 'exec', '--yes', '--', 'pnpm@10.34.9', 'add'],
  'pnpm 12': [npm, 'exec', '--yes', '--', 'pnpm@12.21.0', 'add'],
} as const

export type Manager = keyof typeof managers
export const managerNames = Object.keys(managers) as Manager[]

/** The user's environment, not that of a package manager which runs these tests: its NODE_PATH leads to the workspace. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(p?npm_|NODE_PATH$|NODE_ENV$|JEST_)/i.test(name)),
)

// Where Node has come with its headers, they need not be fetched.
const prefix = join(dirname(process.execPath), '..')
const headers = existsSync(join(prefix, 'include/node/node_api.h')) ? { npm_config_nodedir: prefix } : {}

/** The same, for what is built from source, */
export const withCompiler = { ...environment, ...headers }
export const withoutCompiler = { ...environment, PATH: join(published, 'path') }

/** What a program printed, and how it ended. */
export interface Outcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a package manager, and again where it did not end in time: npm 11 waits now and then for what is not under way. */
export function inTime<Ended extends { status: number | null }>(run: () => Ended): Ended {
  const ended = run()
  return ended.status === null ? run() : ended
}

/** An empty project of a user's, on a machine without a compiler and without python. */
export class Project {
  readonly directory = mkdtempSync(join(published, 'projects/project-'))

  constructor() {
    this.write('package.json', '{ "private": true }')
    this.write('.npmrc', `@selectors:registry=${registry}\n`)
    // What was published a moment ago is of no age.
    this.write('pnpm-workspace.yaml', 'minimumReleaseAge: 0\n')
  }

  write(path: string, content: string): this {
    const file = join(this.directory, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
    return this
  }

  /** Installs packages from the registry; throws when the package manager fails or has anything to warn of. */
  install(manager: Manager, ...packages: string[]): this {
    const { status, stdout, stderr } = inTime(() => this.run([...managers[manager], ...packages]))
    if (status !== 0) throw new Error(`${manager} failed:\n${stdout}${stderr}`)
    return this
  }

  /** Runs a command of a page, which may be one of npm's. */
  shell(command: string): Outcome {
    const program = `npm() { node "$NPM" "$@" --no-audit --no-fund; }; ${command}`
    const env = { ...withoutCompiler, NPM: npm }
    return spawnSync('sh', ['-c', program], { cwd: this.directory, env, encoding: 'utf8', timeout: 100_000 })
  }

  /** Runs Node with these arguments. */
  run(args: readonly string[], env: NodeJS.ProcessEnv = withoutCompiler): Outcome {
    return spawnSync(process.execPath, args, { cwd: this.directory, env, encoding: 'utf8', timeout: 100_000 })
  }

  /** Copies the echo example. Without `@selectors/default`, a user would have named the class of the backend. */
  addEcho(selector?: { readonly className: string; readonly package: string }): this {
    cpSync(examples, join(this.directory, 'echo'), { recursive: true })
    this.write('echo/package.json', '{ "type": "module" }')
    if (selector === undefined) return this
    for (const name of readdirSync(join(this.directory, 'echo')).filter((name) => name.endsWith('.js'))) {
      const code = readFileSync(join(this.directory, 'echo', name), 'utf8')
      const named = code
        .replaceAll('@selectors/default', selector.package)
        .replaceAll(/(import \{[^}]*)\bDefaultSelector\b/g, `$1${selector.className} as DefaultSelector`)
      this.write(`echo/${name}`, named)
    }
    return this
  }

  /** Lets the echo example's server and client talk. */
  echo(): Outcome {
    return this.run(['echo/main.js'])
  }

  /** The names of our packages that a program of the project can import, or that were installed for one of them. */
  installed(): string[] {
    const pnpm = join(this.directory, 'node_modules/.pnpm/node_modules/@selectors')
    const places = [join(this.directory, 'node_modules/@selectors'), pnpm].filter((place) => existsSync(place))
    return [...new Set(places.flatMap((place) => readdirSync(place)))].sort()
  }
}
