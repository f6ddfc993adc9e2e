import { execSync } from 'node:child_process'
import { realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Manager, Project, withCompiler } from './project'

const programs = {
  epoll: "new (require('@selectors/epoll').EpollSelector)().close(); console.log('works')",
  socket: "require('@selectors/socket').pipe().forEach((end) => end.close()); console.log('works')",
}

describe.each<[Manager, keyof typeof programs]>([
  ['npm', 'epoll'],
  ['npm', 'socket'],
  ['pnpm 12', 'epoll'],
])('without a prebuild, installed by %s, %s', (manager, name) => {
  const project = new Project()
  let native: string
  beforeAll(() => {
    project.install(manager, `@selectors/${name}`)
    // The package itself, wherever the package manager has put it.
    native = join(realpathSync(join(project.directory, 'node_modules/@selectors', name)), 'native')
    rmSync(join(native, 'prebuilds'), { recursive: true })
  })

  it('names the command that builds it, which works', () => {
    const { status, stderr } = project.run(['-e', programs[name]])
    expect(status).toBe(1)
    const command = /build it from source with `([^`]+)`/.exec(stderr)?.[1] as string
    expect(command).toContain(`cd "${native}" && `)
    execSync(command, { cwd: '/', env: withCompiler, stdio: 'pipe' })
    expect(project.run(['-e', programs[name]])).toMatchObject({ status: 0, stdout: 'works\n', stderr: '' })
  })
})
