import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const backends = ['epoll', 'poll', 'select']
const preamble = `
  const { Worker, isMainThread } = require('node:worker_threads')
  const { waitReadable, waitWritable } = require('@selectors/default')
  const { pipe } = require('@selectors/socket')
  const [reader, writer] = pipe()\n`

/** Runs a program and answers what it says before it ends by itself. */
async function run(backend: string, code: string): Promise<string> {
  const settings = { cwd: __dirname, env: { ...process.env, SELECTORS_BACKEND: backend }, timeout: 20_000 }
  return (await promisify(execFile)(process.execPath, ['-e', preamble + code], settings)).stdout
}

describe.each(backends)('on %s', (backend) => {
  it.each([
    ['a wait is over', 'waitReadable(reader, { timeout: 0.01 }).then(console.log)', 'false\n'],
    ['a wait was successful', 'waitWritable(writer).then(console.log)', 'true\n'],
    [
      'a wait was aborted',
      'waitReadable(reader, { signal: AbortSignal.timeout(10), timeout: 100 }).catch(({ name }) => console.log(name))',
      'TimeoutError\n',
    ],
  ])('a process ends when %s', async (_what, code, output) => {
    // What AbortSignal.timeout() counts keeps no process alive: the wait does.
    expect(await run(backend, code)).toBe(output)
  })

  it('works in several threads', async () => {
    const code = `
      waitReadable(reader, { timeout: 20 }).then(console.log)
      if (isMainThread) for (let i = 0; i < 3; i++) new Worker(process.execArgv.at(-1), { eval: true })
      writer.write('x')`
    expect(await run(backend, code)).toBe('true\ntrue\ntrue\ntrue\n')
  })

  it('ends with a thread that is terminated, or a process that exits, while it waits', async () => {
    const code = `
      waitReadable(reader)
      if (isMainThread) {
        const worker = new Worker(process.execArgv.at(-1), { eval: true })
        worker.once('online', () => worker.terminate().then((status) => {
          console.log(status)
          process.exit()
        }))
      }`
    expect(await run(backend, code)).toBe('1\n')
  })
})

it('rejects when no backend serves', async () => {
  expect(await run('none', 'waitReadable(reader).catch(({ code }) => console.log(code))')).toBe(
    'ERR_SELECTOR_BACKEND\n',
  )
})
