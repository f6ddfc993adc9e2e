import { spawnSync } from 'node:child_process'

const preamble = `
  const { Worker, isMainThread } = require('node:worker_threads')
  const { closeSync, openSync, readSync } = require('node:fs')
  const { Epoll } = require('@selectors/compat-epoll')
  const { pipe } = require('@selectors/socket')
  const [reader, writer] = pipe()
  // Or it would be collected, and its number another thread's.
  globalThis.ends = [reader, writer]
  const fd = reader.fileno();\n`

/** Runs a program until it ends by itself. */
function run(code: string, through: readonly string[] = []) {
  const [command = '', ...args] = [...through, process.execPath, '-e', preamble + code]
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: __dirname, encoding: 'utf8', timeout: 20_000 })
  return { status, stdout, stderr }
}

it.each([
  ['nothing was added', 'new Epoll(() => {})'],
  ['all was removed', 'new Epoll(() => {}).add(fd, 1).remove(fd)'],
  ['it was closed', 'new Epoll(() => {}).add(fd, 1).close()'],
  ['adding was refused', 'try { new Epoll(() => {}).add(12345, 1) } catch {}'],
  [
    'all is removed from a timer',
    'const epoll = new Epoll(() => {}).add(fd, 1); setTimeout(() => epoll.remove(fd), 50)',
  ],
  ['it is closed from its callback', 'const epoll = new Epoll(() => epoll.close()).add(fd, 1); writer.write("x")'],
  [
    'what was closed is changed, and so refused',
    'const epoll = new Epoll(() => {}).add(fd, 1); reader.close(); try { epoll.modify(fd, 4) } catch {}',
  ],
])('a process ends when %s', (_when, code) => {
  expect(run(code)).toEqual({ status: 0, stdout: '', stderr: '' })
})

it('anything added keeps the process alive, whoever forgets the Epoll', () => {
  const code = `
    (() => new Epoll((error, fd, events) => {
      console.log(readSync(fd, Buffer.alloc(9)), events)
      process.exit()
    }).add(fd, Epoll.EPOLLIN))()
    setTimeout(() => writer.write('x'), 300).unref()`
  expect(run(code)).toEqual({ status: 0, stdout: '1 1\n', stderr: '' })
})

it('what a callback throws ends the process, before others are called', () => {
  const code = `
    const [other, otherWriter] = pipe()
    for (const end of [writer, otherWriter]) end.write('x')
    new Epoll(() => {
      console.log('called')
      throw new Error('of the callback')
    }).add(fd, Epoll.EPOLLIN).add(other.fileno(), Epoll.EPOLLIN)`
  const { status, stdout, stderr } = run(code)
  expect({ status, stdout }).toEqual({ status: 1, stdout: 'called\n' })
  expect(stderr).toMatch(/Error: of the callback\n\s+at Epoll|Error: of the callback\n\s+at \[eval\]/)
})

it('what a callback throws is an uncaught exception, and others are called if it is handled', () => {
  const code = `
    process.on('uncaughtException', ({ message }, origin) => console.log(message, origin))
    process.on('unhandledRejection', () => console.log('a rejection'))
    const thrown = []
    const epoll = new Epoll((error, fd) => {
      thrown.push(fd)
      if (thrown.length === 3) return void epoll.close()
      throw new Error('number ' + thrown.length)
    })
    epoll.add(fd, Epoll.EPOLLIN)
    writer.write('x')`
  const stdout = 'number 1 uncaughtException\nnumber 2 uncaughtException\n'
  expect(run(code)).toEqual({ status: 0, stdout, stderr: '' })
})

it('works in several threads, and ends with them', () => {
  const code = `
    const epoll = new Epoll((error, fd, events) => {
      epoll.close()
      console.log(events, isMainThread)
      if (!isMainThread) return
      const code = process.execArgv.at(-1)
      for (let i = 0; i < 2; i++) new Worker(code, { eval: true }).on('exit', (status) => console.log('status', status))
      const endless = code.slice(0, code.lastIndexOf('writer.write')) + '; require("node:worker_threads").parentPort.postMessage(0)'
      const worker = new Worker(endless, { eval: true })
      worker.on('message', async () => console.log('ended', await worker.terminate()))
    })
    epoll.add(fd, Epoll.EPOLLIN)
    writer.write('x')`
  const { stdout, ...ended } = run(code)
  expect(ended).toEqual({ status: 0, stderr: '' })
  const lines = ['1 true', '1 false', '1 false', 'status 0', 'status 0', 'ended 1']
  expect(stdout.trim().split('\n').sort()).toEqual(lines.sort())
})

it('tells the callbacks when the system refuses to wait, and tries again for the next that is added', () => {
  const code = `
    const others = pipe()
    let refusals = 0
    const epoll = new Epoll((error, fd, events) => {
      console.log(error?.code, events)
      if (error === null) return void epoll.close()
      if (++refusals === 1) return
      for (const fd of full) closeSync(fd)
      epoll.add(writer.fileno(), Epoll.EPOLLOUT)
    })
    const full = []
    // Makes the set, and does not wait for it, which takes a descriptor more.
    try { epoll.add(12345, 0) } catch {}
    try { for (;;) full.push(openSync('/dev/null', 'r')) } catch {}
    epoll.add(fd, Epoll.EPOLLPRI).add(others[0].fileno(), Epoll.EPOLLPRI)`
  const stdout = 'EMFILE 0\nEMFILE 0\nundefined 4\n'
  expect(run(code, ['prlimit', '--nofile=100'])).toEqual({ status: 0, stdout, stderr: '' })
})

it('is imported on other systems, and says there that it cannot serve', () => {
  const code = `
    Object.defineProperty(process, 'platform', { value: 'darwin' })
    const { Epoll } = require('@selectors/compat-epoll')
    const epoll = new Epoll(() => {})
    try { epoll.add(0, Epoll.EPOLLIN) } catch ({ code }) { console.log(code) }
    epoll.close()`
  // What was built here is no prebuild of theirs.
  const env = { ...process.env, PREBUILDS_ONLY: '1' }
  const { stdout, status } = spawnSync(process.execPath, ['-e', code], { cwd: __dirname, env, encoding: 'utf8' })
  expect({ stdout, status }).toEqual({ stdout: 'ERR_SELECTOR_BACKEND\n', status: 0 })
})
