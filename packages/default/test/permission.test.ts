import { Installation, reasonOf, statusesOf, working } from './installation'

const permission = Number.parseInt(process.versions.node, 10) < 22 ? '--experimental-permission' : '--permission'

// As the README says.
describe('under the permission model', () => {
  const installation = new Installation('epoll', 'poll')
  const run = (...args: string[]) =>
    installation.run({ args: ['--no-warnings', permission, `--allow-fs-read=${installation.directory}/*`, ...args] })

  it('works where addons are allowed and the project may be read', () => {
    const report = run('--allow-addons')
    expect(report).toMatchObject({ selector: 'EpollSelector', ...working })
    expect(statusesOf(report)).toEqual({
      kqueue: 'not tried',
      epoll: 'chosen',
      devpoll: 'not tried',
      afd: 'not tried',
      poll: 'not tried',
      select: 'not tried',
    })
  })

  it('names the flag where addons are not allowed', () => {
    const report = run()
    expect(report.selector).toBe('UnavailableSelector')
    expect(statusesOf(report)).toMatchObject({ epoll: 'unavailable', poll: 'unavailable', select: 'not installed' })
    expect(reasonOf(report, 'epoll')).toMatch(/forbids native addons; start it with --allow-addons$/)
    expect(report.error?.message).not.toContain('node-gyp')
  })
})

it('native addons may be forbidden', () => {
  const report = new Installation('epoll').run({ args: ['--no-addons'] })
  expect(reasonOf(report, 'epoll')).toMatch(/: native addons are disabled; start Node\.js without --no-addons$/)
})
