import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { LoadFailure, loadBinding } from '@selectors/core/binding'
import { Copy, compile, removeCopies } from './copies'

afterEach(removeCopies)

/** Puts the binding beside what the program takes for its executable, and says how a construction ends. */
function besideExecutable(copy: Copy): string {
  copy.put(copy.prebuild({ prebuilds: join(copy.directory, 'prebuilds') }))
  return copy.run(`process.execPath = ${JSON.stringify(join(copy.directory, 'executable'))}\nconsole.log(construct())`)
}

const directory = () => join(__dirname, '..', 'native')
const unavailable = 'BackendUnavailableError ERR_SELECTOR_BACKEND: '
const build = ({ native }: Copy) =>
  `\`cd "${native}" && npm i --no-save --prefix . node-addon-api@8 node-gyp@12 && npx node-gyp rebuild\``

describe('a binding is found', () => {
  it.each([
    ['where it was built', (copy: Copy) => join(copy.native, 'build/Release/epoll.node'), {}],
    ['where it was built to be debugged', (copy: Copy) => join(copy.native, 'build/Debug/epoll.node'), {}],
    ['as a prebuild of its package', (copy: Copy) => copy.prebuild(), {}],
    [
      'as a prebuild for the C library that LIBC names',
      (copy: Copy) => copy.prebuild({ libc: 'musl' }),
      { LIBC: 'musl' },
    ],
  ])('%s', (_where, place, env) => {
    const copy = new Copy()
    expect(copy.put(place(copy)).run('console.log(construct())', { env })).toBe('works\n')
  })

  it('and given a shape, so that V8 does not search it at each call', () => {
    setFlagsFromString('--allow-natives-syntax')
    const isShaped = new Function('object', 'return %HasFastProperties(object)')
    expect(isShaped(loadBinding({ package: '@selectors/epoll', version: 1, directory }))).toBe(true)
  })

  it('in the directory that SELECTORS_BINDINGS names, before all others', () => {
    const copy = new Copy()
    const prebuilds = join(copy.directory, 'elsewhere')
    const env = { SELECTORS_BINDINGS: prebuilds }
    copy.write(join(copy.native, 'build/Release/epoll.node'), 'garbage').put(copy.prebuild({ prebuilds }))
    expect(copy.run('console.log(construct())', { env })).toBe('works\n')
    expect(copy.run('console.log(construct())')).toContain('Release/epoll.node: file too short')
  })

  it.each(['user', 'group'])('and not there, where the process has the rights of another %s', (whose) => {
    const copy = new Copy()
    const prebuilds = join(copy.directory, 'elsewhere')
    copy.put(join(copy.native, 'build/Release/epoll.node')).write(copy.prebuild({ prebuilds }), 'garbage')
    const [method, construct] = [whose === 'user' ? 'geteuid' : 'getegid', 'console.log(construct())']
    const program = `const id = process.${method}(); process.${method} = () => id + 1\n${construct}`
    const env = { SELECTORS_BINDINGS: prebuilds }
    expect(copy.run(construct, { env })).toContain('@selectors+epoll')
    expect(copy.run(program, { env })).toBe('works\n')
  })

  it('and not where LIBC leads, which is a word in the name of a file', () => {
    const copy = new Copy()
    copy.write(join(copy.directory, 'elsewhere.node'), 'garbage').put(copy.prebuild())
    const env = { LIBC: 'x/../../../../../../../elsewhere' }
    expect(copy.prebuild({ libc: env.LIBC })).toBe(join(copy.directory, 'elsewhere.node'))
    expect(copy.run('console.log(construct())', { env })).toBe('works\n')
  })

  it('and no other addon of a program is loaded for a try', () => {
    const copy = new Copy()
    compile(
      join(copy.native, 'build/Release/addon.node'),
      'void abort(void); __attribute__((constructor)) void loaded(void) { abort(); }',
    )
    expect(besideExecutable(copy)).toBe('works\n')
  })

  it('and that of another package does not hide it', () => {
    const copy = new Copy()
    expect(besideExecutable(copy.put(copy.prebuild(), 'socket'))).toBe('works\n')
  })

  it('beside the executable', () => {
    expect(besideExecutable(new Copy())).toBe('works\n')
  })

  it.each(['native/build/Release/epoll.node', 'native/prebuilds'])(
    'and at once in %s, without node-gyp-build',
    (place) => {
      const copy = new Copy()
      copy.put(place.endsWith('.node') ? join(copy.package, place) : copy.prebuild())
      const program = "Object.keys(require.cache).some((file) => file.includes('node-gyp-build'))"
      expect(copy.run(`console.log(construct(), ${program})`)).toBe('works false\n')
    },
  )

  it('and under another name that fits, with node-gyp-build', () => {
    const copy = new Copy()
    copy.put(join(dirname(copy.prebuild()), 'epoll.node'))
    expect(copy.run('console.log(construct())')).toBe('works\n')
  })

  it.each([undefined, 'glibc', 'no word'])('and LIBC is %j afterwards, as it was before', (LIBC) => {
    const copy = new Copy()
    copy.put(join(dirname(copy.prebuild()), 'epoll.node'))
    const env = LIBC === undefined ? {} : { LIBC }
    expect(copy.run('console.log(construct(), process.env.LIBC)', { env })).toBe(`works ${LIBC}\n`)
  })

  it('and not where it was built, with PREBUILDS_ONLY', () => {
    const copy = new Copy()
    copy.write(join(copy.native, 'build/Release/epoll.node'), 'garbage').put(copy.prebuild())
    expect(copy.run('console.log(construct())', { env: { PREBUILDS_ONLY: '1' } })).toBe('works\n')
  })

  it.each(['SELECTORS_BINDINGS', 'PREBUILDS_ONLY', 'LIBC'])('as if %s were not set, where it is empty', (name) => {
    const copy = new Copy()
    copy.put(join(copy.native, 'build/Release/epoll.node'))
    const inCurrentDirectory = copy.prebuild({ prebuilds: copy.directory })
    copy.write(inCurrentDirectory, 'garbage')
    const program = `process.chdir(${JSON.stringify(copy.directory)})\nconsole.log(construct())`
    expect(copy.run(program, { env: { [name]: '' } })).toBe('works\n')
  })

  it.each([
    ['/lib/ld-musl-x86_64.so.1', 'musl'],
    ['/lib64/ld-linux-x86-64.so.2', 'glibc'],
    ['nothing of the kind', 'glibc'],
  ])('for the C library of the program, which names %s', (interpreter, libc) => {
    const copy = new Copy()
    const executable = join(copy.directory, 'executable')
    copy.write(executable, `\x7fELF${'\0'.repeat(700)}${interpreter}\0`).put(copy.prebuild({ libc }))
    const program = `process.execPath = ${JSON.stringify(executable)}\nconsole.log(construct())`
    expect(copy.run(program)).toBe('works\n')
  })
})

describe('where no binding can be used, the error says why', () => {
  it('there is none', () => {
    const copy = new Copy()
    const system = `${process.platform}-${process.arch} with glibc`
    expect(copy.run('console.log(construct())')).toBe(
      `${unavailable}There is no binding of @selectors/epoll for ${system}: build it from source with ${build(copy)}\n`,
    )
  })

  it('there is none, and a file where there might be a directory', () => {
    const copy = new Copy()
    copy.write(join(copy.native, 'build'), '').write(join(copy.native, 'prebuilds'), '')
    expect(copy.run('console.log(construct())')).toContain(': There is no binding of @selectors/epoll for ')
  })

  it('there is none, and no source that could be compiled: the code was bundled', () => {
    const copy = new Copy()
    rmSync(join(copy.native, 'binding.gyp'))
    const said = copy.run('console.log(construct())')
    expect(said).toMatch(
      /: copy what is in native\/prebuilds of @selectors\/epoll to \/.*\/prebuilds or to a directory that SELECTORS_BINDINGS names, see /,
    )
    expect(said).not.toContain('node-gyp')
  })

  it("it is another package's", () => {
    const copy = new Copy()
    copy.put(copy.prebuild(), 'socket')
    expect(copy.run('console.log(construct())')).toBe(
      `${unavailable}The binding of @selectors/epoll was looked for, and what was found, ${copy.prebuild()}, ` +
        `is the binding of @selectors/socket: reinstall the package, or build it with ${build(copy)}\n`,
    )
  })

  it("it does not say whose it is, as an older release's", () => {
    const copy = new Copy()
    compile(copy.prebuild(), 'void *napi_register_module_v1(void *env, void *exports) { return exports; }')
    expect(copy.run('console.log(construct())')).toContain(
      `${copy.prebuild()}, does not say which package it belongs to`,
    )
  })

  it('it has another interface than core', () => {
    const load = (version: number) => () => loadBinding({ package: '@selectors/epoll', version, directory })
    expect(load(1)).not.toThrow()
    expect(load(2)).toThrow(LoadFailure)
    expect(load(2)).toThrow(
      /Release\/epoll\.node, is one of another release: it has the interface 1, where 2 is needed;/,
    )
  })

  it('it was compiled for another C library', () => {
    const copy = new Copy()
    compile(copy.prebuild(), 'extern int of_another_library(void); int (*used)(void) = of_another_library;')
    const said = copy.run('console.log(construct())')
    expect(said).toContain(`cannot be loaded from ${copy.prebuild()}: undefined symbol: of_another`)
    expect(said).toContain(
      '; if the C library here is not glibc, set LIBC=musl; if the file does not fit this system, build',
    )
  })

  it('its file system is mounted noexec', () => {
    const copy = new Copy()
    const words = 'failed to map segment from shared object: Operation not permitted'
    const program = `process.dlopen = () => { throw new Error('${words}') }\nconsole.log(construct())`
    const said = copy.put(copy.prebuild()).run(program)
    expect(said).toContain(
      `cannot be loaded from ${copy.prebuild()}: ${words}; where its file system is mounted noexec`,
    )
    expect(said).not.toContain('node-gyp')
  })

  it('it may not be read', () => {
    const copy = new Copy()
    const program = `
      const refuse = () => {
        throw Object.assign(new Error('EACCES: permission denied, open'), { code: 'EACCES', errno: -13, syscall: 'open' })
      }
      process.dlopen = refuse
      require('node:fs').openSync = refuse
      console.log(construct())
      try {
        new EpollSelector()
      } catch ({ cause }) {
        console.log(cause.code, cause.syscall)
      }`
    expect(copy.put(copy.prebuild()).run(program)).toBe(
      `${unavailable}The binding of @selectors/epoll cannot be loaded from ${copy.prebuild()}: EACCES: permission denied, open\n` +
        'EACCES open\n',
    )
  })

  it('no descriptor is left, once there is one', () => {
    const copy = new Copy()
    const program = `
      const { closeSync, openSync } = require('node:fs')
      const fds = []
      try {
        for (;;) fds.push(openSync('/dev/null'))
      } catch {}
      console.log(construct())
      fds.forEach((fd) => closeSync(fd))
      console.log(construct())`
    const [without, afterwards] = copy.put(copy.prebuild()).run(program).split('\n')
    expect(without).toMatch(/^SystemError EMFILE: EMFILE: too many open files, open: .*@selectors\+epoll\.glibc\.node/)
    expect(without).not.toContain('node-gyp')
    expect(afterwards).toBe('works')
  })
})

describe('what forbids native addons is named with the flag', () => {
  const permission = Number.parseInt(process.versions.node, 10) < 22 ? '--experimental-permission' : '--permission'
  const run = (copy: Copy, ...args: string[]) =>
    copy.run('console.log(construct())', { args: ['--no-warnings', ...args] })
  const read = `--allow-fs-read=*`

  it('--no-addons', () => {
    const copy = new Copy()
    expect(run(copy.put(copy.prebuild()), '--no-addons')).toMatch(
      /: native addons are disabled; start Node\.js without --no-addons\n$/,
    )
  })

  it('the permission model, without --allow-addons', () => {
    const copy = new Copy()
    const said = run(copy.put(copy.prebuild()), permission, read)
    expect(said).toMatch(/: Node\.js's permission model forbids native addons; start it with --allow-addons\n$/)
  })

  it('the permission model, without --allow-fs-read', () => {
    const copy = new Copy()
    const said = run(copy.put(copy.prebuild()), permission, '--allow-addons', ...code(copy))
    expect(said).toContain(
      `The binding of @selectors/epoll cannot be looked for, Access to this API has been restricted: `,
    )
    expect(said).toContain(`: allow it with --allow-fs-read=${copy.native}/*`)
    expect(run(copy, permission, '--allow-addons', ...code(copy), `--allow-fs-read=${copy.native}/*`)).toBe('works\n')
  })

  it('nothing, where the project may be read and addons are allowed', () => {
    const copy = new Copy()
    const core = `--allow-fs-read=${join(__dirname, '../../core')}/*`
    const args = [permission, '--allow-addons', `--allow-fs-read=${copy.directory}/*`, core]
    expect(run(copy.put(copy.prebuild()), ...args)).toBe('works\n')
  })

  /** All but the binding. */
  function code(copy: Copy): string[] {
    const modules = ['core', 'epoll/package.json', 'epoll/dist/*'].map((path) => `node_modules/@selectors/${path}`)
    const files = ['main.cjs', ...modules]
    const core = join(__dirname, '../../core/*')
    return [...files.map((file) => join(copy.directory, file)), core].map((file) => `--allow-fs-read=${file}`)
  }
})
