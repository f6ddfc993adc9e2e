import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { blocksOf } from '../../test/markdown'
import { type Outcome, Project, withCompiler, withoutCompiler } from './project'

const published = process.env.SELECTORS_PUBLISHED as string
const page = blocksOf(readFileSync(join(__dirname, '../../../docs/bundling.md'), 'utf8'))
const seen = 'true ready\nfalse ready\n'

const tools = join(__dirname, '../node_modules')
const bundlers = ['esbuild', 'rollup', '@rollup', 'webpack', 'webpack-cli', '@vercel', 'postject']
const bins = { esbuild: 'esbuild', rollup: 'rollup', webpack: 'webpack', ncc: '@vercel/ncc', postject: 'postject' }
/** An optional package, without which what Bun does is unproven. */
const bun = join(__dirname, '../../elsewhere/runtimes/node_modules/.bin')
const hasBun = existsSync(join(bun, 'bun'))
if (!hasBun) console.log('unproven: Bun is not installed')

const project = new Project()
beforeAll(() => {
  project.install('npm', '@selectors/default', '@selectors/poll', '@selectors/socket')
  for (const name of bundlers) symlinkSync(join(tools, name), join(project.directory, 'node_modules', name))
  mkdirSync(join(project.directory, 'node_modules/.bin'), { recursive: true })
  for (const [command, name] of Object.entries(bins)) linkCommand(command, name)
  for (const { code } of page) {
    const [, file] = /^\/\/ (\S+\.[cm]js)\n/.exec(code) ?? []
    if (file !== undefined) project.write(file, code)
  }
})
beforeEach(() => rmSync(join(project.directory, 'dist'), { recursive: true, force: true }))

/** As npm would have done. */
function linkCommand(command: string, name: string): void {
  const directory = join(project.directory, 'node_modules', name)
  const { bin } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
  const path = typeof bin === 'string' ? bin : bin[command]
  symlinkSync(join(directory, path), join(project.directory, 'node_modules/.bin', command))
}

/** Runs the block of the page that begins with these words. */
function follow(words: string): void {
  const { code } = page.find(({ language, code }) => language === 'sh' && code.startsWith(words)) as { code: string }
  const env = { ...withCompiler, PATH: [process.env.PATH, bun].join(delimiter) }
  const options = { cwd: project.directory, env, encoding: 'utf8', timeout: 200_000 } as const
  const { status, stdout, stderr } = spawnSync('sh', ['-ec', code], options)
  if (status !== 0) throw new Error(`${code}failed:\n${stdout}${stderr}`)
}

/** Takes what was made to where nothing is installed. */
function ship(): string {
  const away = join(mkdtempSync(join(published, 'shipped-')), 'app')
  renameSync(join(project.directory, 'dist'), away)
  return away
}

/** Runs a file there: a script, or an executable. */
function run(directory: string, file: string): Outcome {
  const path = join(directory, file)
  const [command, ...args] = /\.[cm]js$/.test(file) ? [process.execPath, path] : [path]
  return spawnSync(command as string, args, { cwd: '/', env: withoutCompiler, encoding: 'utf8', timeout: 100_000 })
}

const COPY = 'cp -r node_modules'

it.each([
  ['esbuild, as CommonJS', 'npx esbuild', 'main.cjs'],
  ['esbuild, as an ES module', 'node esbuild.config.mjs', 'main.mjs'],
  ['rollup', 'npx rollup', 'main.mjs'],
  ['webpack', 'npx webpack', 'main.cjs'],
])('a bundle of %s has several bindings beside it', (_bundler, words, file) => {
  follow(words)
  follow(COPY)
  expect(run(ship(), file)).toMatchObject({ status: 0, stdout: seen, stderr: '' })
})

it('a bundle without its bindings says where they belong', () => {
  follow('npx esbuild')
  const away = ship()
  const { status, stderr } = run(away, 'main.cjs')
  expect(status).toBe(1)
  expect(stderr).toContain(
    `copy what is in native/prebuilds of @selectors/socket to ${away}/prebuilds or to a directory that SELECTORS_BINDINGS names`,
  )
})

it('a bundle takes no binding for that of another package', () => {
  follow('npx esbuild')
  follow(COPY)
  const away = ship()
  const prebuild = (name: string) => join(away, `prebuilds/linux-x64/@selectors+${name}.glibc.node`)
  cpSync(prebuild('epoll'), prebuild('poll'))
  const { stdout, stderr } = run(away, 'main.cjs')
  expect(stdout).toBe('true ready\n')
  expect(stderr).toContain(`what was found, ${prebuild('poll')}, is the binding of @selectors/epoll`)
})

it('ncc brings the bindings along', () => {
  follow('npx ncc')
  expect(run(ship(), 'index.mjs')).toMatchObject({ status: 0, stdout: seen, stderr: '' })
})

it('@vercel/nft, by which Next.js makes standalone outputs, brings the bindings along', () => {
  project.write(
    'trace.mjs',
    `import { cpSync } from 'node:fs'
    import { nodeFileTrace } from '@vercel/nft'
    const { fileList, warnings } = await nodeFileTrace(['main.mjs'])
    if (warnings.size > 0) throw new AggregateError(warnings)
    for (const file of fileList) cpSync(file, 'dist/' + file)`,
  )
  expect(project.run(['trace.mjs'])).toMatchObject({ status: 0, stderr: '' })
  expect(run(ship(), 'main.mjs')).toMatchObject({ status: 0, stdout: seen, stderr: '' })
})

describe('a single executable', () => {
  const configs = page.filter(({ language }) => language === 'json').map(({ code }) => code) as [string, string]
  const afterBindings = (file: string) => {
    const main = page.find(({ code }) => code.startsWith('// main.mjs\n'))?.code
    project.write('main.mjs', `import './${file}'\n${main}`)
  }
  afterEach(() => project.write('main.mjs', page.find(({ code }) => code.startsWith('// main.mjs\n'))?.code as string))

  it('of Node.js has its bindings beside it', () => {
    follow('npx esbuild')
    project.write('sea-config.json', configs[0])
    follow('node --experimental-sea-config')
    follow(COPY)
    expect(run(ship(), 'main')).toMatchObject({ status: 0, stdout: seen, stderr: '' })
  })

  it('of Node.js carries its bindings', () => {
    afterBindings('bindings.mjs')
    follow('npx esbuild')
    project.write('sea-config.json', configs[1])
    follow('node --experimental-sea-config')
    expect(run(ship(), 'main')).toMatchObject({ status: 0, stdout: seen, stderr: '' })
  })

  if (!hasBun) return

  /** Bun remembers where the code was, so nothing may be left there. */
  function runBuiltByBun(): Outcome {
    const away = ship()
    const modules = join(project.directory, 'node_modules')
    renameSync(modules, `${modules}-away`)
    try {
      return run(away, 'main')
    } finally {
      renameSync(`${modules}-away`, modules)
    }
  }

  it('of Bun has its bindings beside it', () => {
    follow('bun build')
    follow(COPY)
    expect(runBuiltByBun()).toMatchObject({ status: 0, stdout: seen, stderr: '' })
  })

  it('of Bun carries its bindings', () => {
    afterBindings('bindings-in-bun.mjs')
    follow('bun build')
    expect(runBuiltByBun()).toMatchObject({ status: 0, stdout: seen, stderr: '' })
  })
})
