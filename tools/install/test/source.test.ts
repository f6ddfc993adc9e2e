import { execSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Project, withCompiler } from './project'

const programs = {
  epoll: "new (require('@selectors/epoll').EpollSelector)().close(); console.log('works')",
  socket: "require('@selectors/socket').pipe().forEach((end) => end.close()); console.log('works')",
}

describe.each(Object.entries(programs))('without a prebuild, %s', (name, program) => {
  const project = new Project()
  beforeAll(() => {
    project.install('npm', `@selectors/${name}`)
    rmSync(join(project.directory, `node_modules/@selectors/${name}/native/prebuilds`), { recursive: true })
  })

  it('names the command that builds it, which works', () => {
    const { status, stderr } = project.run(['-e', program])
    expect(status).toBe(1)
    const command = /build it from source with `([^`]+)`/.exec(stderr)?.[1] as string
    expect(command).toContain(`cd "${join(project.directory, 'node_modules/@selectors', name, 'native')}"`)
    execSync(command, { cwd: project.directory, env: withCompiler, stdio: 'pipe' })
    expect(project.run(['-e', program])).toMatchObject({ status: 0, stdout: 'works\n', stderr: '' })
  })
})
