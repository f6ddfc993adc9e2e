import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Manager, managerNames, Project } from './project'

const epoll = { className: 'EpollSelector', package: '@selectors/epoll' }
const all = ['afd', 'core', 'default', 'devpoll', 'epoll', 'kqueue', 'poll', 'select', 'socket']

/** Server and client of the echo example talk over that backend, and nobody complains. */
function expectEcho(project: Project, backend: string): void {
  const { status, stdout, stderr } = project.echo()
  expect(stderr).toBe('')
  expect(stdout.split('\n')[0]).toBe(`backend: ${backend}`)
  expect(stdout).toMatch(/received '.*It will be repeated\.'\n/)
  expect(status).toBe(0)
}

describe.each(managerNames)('%s, without a compiler, installs', (manager: Manager) => {
  it('one backend', () => {
    const project = new Project().install(manager, '@selectors/epoll', '@selectors/socket')
    expect(project.installed()).toEqual(['core', 'epoll', 'socket'])
    expectEcho(project.addEcho(epoll), 'EpollSelector')
  })

  it('two backends', () => {
    const project = new Project().install(manager, '@selectors/poll', '@selectors/select', '@selectors/socket')
    expect(project.installed()).toEqual(['core', 'poll', 'select', 'socket'])
    expectEcho(project.addEcho({ className: 'PollSelector', package: '@selectors/poll' }), 'PollSelector')
    expectEcho(project.addEcho({ className: 'SelectSelector', package: '@selectors/select' }), 'SelectSelector')
  })

  it('the default, with every backend', () => {
    const project = new Project().install(manager, '@selectors/default', '@selectors/socket').addEcho()
    expect(project.installed()).toEqual(all)
    expectEcho(project, 'EpollSelector')
  })

  it('the default without one backend', () => {
    const project = new Project().addEcho()
    if (manager !== 'npm') {
      project.write('pnpm-workspace.yaml', "minimumReleaseAge: 0\nignoredOptionalDependencies: ['@selectors/epoll']\n")
    }
    project.install(manager, '@selectors/default', '@selectors/socket')
    // npm cannot be told to leave out one.
    if (manager === 'npm') rmSync(join(project.directory, 'node_modules/@selectors/epoll'), { recursive: true })
    expect(project.installed()).toEqual(all.filter((name) => name !== 'epoll'))
    expectEcho(project, 'PollSelector')
  })
})
