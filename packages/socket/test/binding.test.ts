import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const workspace = join(__dirname, '..', '..')
const directory = mkdtempSync(join(tmpdir(), 'selectors-socket-'))
const copy = join(directory, 'node_modules/@selectors/socket')
const libc = process.platform === 'linux' ? '.glibc' : ''
const prebuild = join(copy, `native/prebuilds/${process.platform}-${process.arch}/@selectors+socket${libc}.node`)

beforeAll(() => {
  for (const part of ['package.json', 'dist', 'native/binding.gyp']) {
    cpSync(join(workspace, 'socket', part), join(copy, part), { recursive: true })
  }
  symlinkSync(join(workspace, 'core'), join(directory, 'node_modules/@selectors/core'))
})
afterAll(() => rmSync(directory, { recursive: true }))

const own = () => cpSync(join(workspace, 'socket/native/build/Release/socket.node'), prebuild, { recursive: true })

/** What happens at the first use of a binding, which `put` has put in its place. */
function use(put: () => void, before = ''): string {
  rmSync(prebuild, { force: true })
  put()
  const program = `const { pipe } = require(${JSON.stringify(copy)})
    ${before}
    try {
      pipe().forEach((end) => end.close())
      console.log('works')
    } catch ({ name, code, message }) {
      console.log(name, code, message)
    }`
  return spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' }).stdout.trim()
}

it('the binding is loaded from the prebuild', () => {
  expect(use(own)).toBe('works')
})

it('a missing binding is named with the command that builds it', () => {
  const build = `cd "${join(copy, 'native')}" && npm i --no-save --prefix . node-addon-api@8 node-gyp@12 && npx node-gyp rebuild`
  expect(use(() => {})).toMatch(/^BindingError ERR_SOCKET_BINDING There is no binding of @selectors\/socket for /)
  expect(use(() => {})).toContain(`: build it from source with \`${build}\``)
})

it('a binding that is not its own is refused', () => {
  const said = use(() => {
    mkdirSync(dirname(prebuild), { recursive: true })
    const input = 'void *napi_register_module_v1(void *env, void *exports) { return exports; }'
    execFileSync(process.env.CC ?? 'cc', ['-shared', '-fPIC', '-x', 'c', '-o', prebuild, '-'], { input })
  })
  expect(said).toMatch(
    /^BindingError ERR_SOCKET_BINDING The binding of @selectors\/socket was looked for, and what was found, /,
  )
  expect(said).toContain(`${prebuild}, does not say which package it belongs to`)
})

it('no descriptor being left is no fault of the binding', () => {
  const said = use(own, "try { for (;;) require('node:fs').openSync('/dev/null') } catch {}")
  expect(said).toMatch(
    /^SocketError EMFILE EMFILE: too many open files, open: The binding of @selectors\/socket cannot be loaded/,
  )
})
