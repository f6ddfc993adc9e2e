import { join } from 'node:path'
import { Project } from './project'

const root = join(__dirname, '../../..')
const tools = join(__dirname, '../node_modules')
const tsc = join(root, 'node_modules/typescript/bin/tsc')

/** Waits on a pipe with what is installed, by the names that it finds around itself. */
const body = `
const [reader, writer] = pipe()
const selector = new DefaultSelector()
selector.register(reader, EVENT_READ, 'data')
writer.write('hello')
const [[key, mask]] = selector.select(10)
const seen = [key.data, mask, reader.read(10).toString()].join()
selector.close()
reader.close()
writer.close()`
const required = `
const { DefaultSelector, EVENT_READ } = require('@selectors/default')
const { pipe } = require('@selectors/socket')
${body}`
const imported = `
import { DefaultSelector, EVENT_READ } from '@selectors/default'
import { pipe } from '@selectors/socket'
${body}`
const seen = 'data,1,hello'

const project = new Project()
beforeAll(() => {
  project.install('npm', '@selectors/default', '@selectors/socket')
})

/** The program succeeds, says nothing but this and complains about nothing. */
function expectToPrint(args: readonly string[], stdout: string): void {
  expect(project.run(args)).toMatchObject({ status: 0, stdout, stderr: '' })
}

it('a CommonJS module', () => {
  project.write('main.cjs', `${required}\nconsole.log(seen)`)
  expectToPrint(['main.cjs'], `${seen}\n`)
})

it('an ES module', () => {
  project.write('main.mjs', `${imported}\nconsole.log(seen)`)
  expectToPrint(['main.mjs'], `${seen}\n`)
})

it('a worker thread, which can be ended while it waits', () => {
  project.write(
    'worker.cjs',
    `${required}
    require('node:worker_threads').parentPort.postMessage(seen)
    new DefaultSelector().select()`,
  )
  project.write(
    'main-thread.cjs',
    `const { Worker } = require('node:worker_threads')
    const worker = new Worker('./worker.cjs')
    worker.on('message', async (seen) => console.log(seen, await worker.terminate()))`,
  )
  expectToPrint(['main-thread.cjs'], `${seen} 1\n`)
})

it.each([
  ['node16', 'node16', 'cts'],
  ['node16', 'node16', 'mts'],
  ['nodenext', 'nodenext', 'cts'],
  ['nodenext', 'nodenext', 'mts'],
  ['bundler', 'esnext', 'ts'],
])('TypeScript with moduleResolution %s (module %s, .%s)', (moduleResolution, module, extension) => {
  const name = `${moduleResolution}-${extension}`
  project.write(
    `${name}/main.${extension}`,
    `
    import { DefaultSelector, EVENT_READ, type Ready } from '@selectors/default'
    import { registerBackend } from '@selectors/default/registry'
    import { pipe } from '@selectors/socket'
    const [reader, writer] = pipe()
    const selector = new DefaultSelector<string>()
    selector.register(reader, EVENT_READ, 'data')
    writer.write('hello')
    const ready: Ready<string>[] = selector.select(10)
    for (const [key, mask] of ready) console.log([key.data.concat(), mask, reader.read(10).toString()].join())
    // @ts-expect-error data is a string
    selector.modify(reader, EVENT_READ, 5)
    registerBackend`,
  )
  const compilerOptions = {
    ...{ module, moduleResolution, target: 'es2022', strict: true, types: ['node'] },
    typeRoots: [join(root, 'node_modules/@types')],
  }
  project.write(`${name}/tsconfig.json`, JSON.stringify({ compilerOptions }))
  expectToPrint([tsc, '-p', name], '')
})

it('jest', () => {
  project.write('jest/main.test.js', `${required}\ntest('works', () => expect(seen).toBe('${seen}'))`)
  const { status, stderr } = project.run([
    join(root, 'node_modules/jest/bin/jest.js'),
    '--rootDir',
    'jest',
    '--config',
    '{ "transform": {} }',
  ])
  expect(stderr).toContain('1 passed')
  expect(status).toBe(0)
})

it('vitest', () => {
  project.write('vitest/main.test.mjs', `${imported}\ntest('works', () => expect(seen).toBe('${seen}'))`)
  const { status, stdout } = project.run([join(tools, 'vitest/vitest.mjs'), 'run', '--globals', '--root', 'vitest'])
  expect(stdout).toContain('1 passed')
  expect(status).toBe(0)
})

it('a bundle of esbuild that leaves the native packages outside', () => {
  project.write('bundled.mjs', `${imported}\nconsole.log(seen)`)
  const options = {
    ...{ entryPoints: ['bundled.mjs'], bundle: true, platform: 'node', outfile: 'bundle/main.cjs' },
    external: ['afd', 'devpoll', 'epoll', 'kqueue', 'poll', 'select', 'socket'].map((name) => `@selectors/${name}`),
  }
  // Not in this process: jest's Uint8Array is not esbuild's.
  const esbuild = JSON.stringify(join(tools, 'esbuild'))
  expectToPrint(['-e', `require(${esbuild}).buildSync(${JSON.stringify(options)})`], '')
  expectToPrint(['bundle/main.cjs'], `${seen}\n`)
})
