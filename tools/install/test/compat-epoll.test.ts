import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { blocksOf } from '../../test/markdown'
import { type Manager, managerNames, Project } from './project'

const page = readFileSync(join(__dirname, '../../../packages/compat-epoll/README.md'), 'utf8')
const { overrides } = JSON.parse(blocksOf(page).find(({ language }) => language === 'json')?.code as string)

/** A project as on the page, with the packages that depend on `epoll`. */
function install(manager: Manager): Project {
  const project = new Project()
    .write('package.json', JSON.stringify({ private: true, overrides }))
    .write('pnpm-workspace.yaml', `minimumReleaseAge: 0\noverrides: ${JSON.stringify(overrides)}\n`)
  return project.install(manager, 'onoff', 'rpi-gpio')
}

describe.each(managerNames)('%s', (manager) => {
  it('gives the drop-in to those who depend on epoll, without a compiler', () => {
    const project = install(manager)
    expect(project.installed()).toEqual(['core', 'epoll'])
    const program = `
      const { createRequire } = require('node:module')
      for (const name of ['onoff', 'rpi-gpio']) {
        const { Epoll } = createRequire(require.resolve(name))('epoll')
        const { name: found } = createRequire(require.resolve(name))('epoll/package.json')
        console.log(found, Epoll.EPOLLPRI)
      }`
    const stdout = '@selectors/compat-epoll 2\n'.repeat(2)
    expect(project.run(['-e', program])).toEqual(expect.objectContaining({ status: 0, stdout, stderr: '' }))
  })
})

// No machine of these tests has GPIO pins. In a mount namespace of their own, /sys/class/gpio is a directory whose `value` is another
// file of the kernel's. `cgroup.events` behaves as an attribute in sysfs does, because both are kernfs: changed, by EPOLLPRI and EPOLLERR,
// until it is read. The name of the host, in a namespace of its own too, tells of each change only once, but holds what is written to it.
const namespaces = ['unshare', '--mount', '--uts']
const standIn = `
  set -e
  mount -t tmpfs none /sys/class
  mkdir -p /sys/class/gpio/gpio4
  for file in export unexport gpio4/direction gpio4/edge gpio4/active_low; do : > /sys/class/gpio/$file; done
  ln -s "$1" /sys/class/gpio/gpio4/value
  echo 'Revision : a02082' > /sys/class/cpuinfo
  mount --bind /sys/class/cpuinfo /proc/cpuinfo
  shift
  exec "$@"`
const allowed =
  spawnSync(namespaces[0] as string, [...namespaces.slice(1), 'sh', '-c', 'echo 0 > /proc/sys/kernel/hostname'])
    .status === 0

const group = allowed ? makeGroup() : undefined
afterAll(() => {
  if (group !== undefined) rmdirSync(group)
})

/** A cgroup that nothing is in, if one can be made. */
function makeGroup(): string | undefined {
  const [, root] = /^\S+ (\S+) cgroup2 /m.exec(readFileSync('/proc/self/mounts', 'utf8')) ?? []
  try {
    return root === undefined ? undefined : mkdtempSync(join(root, 'selectors-'))
  } catch {
    return undefined
  }
}

const hostName = '/proc/sys/kernel/hostname'
const levels = {
  value: hostName,
  set: `(level) => writeFileSync('${hostName}', String(level))`,
  seen: (before: unknown, after: unknown) => [after, before, after, before],
}
const edges = {
  value: `${group}/cgroup.events`,
  set: `(level) => writeFileSync('${group}/cgroup.freeze', String(level))`,
  // Its first character is no 1.
  seen: (before: unknown) => [before, before, before, before],
}

const users = {
  onoff: {
    values: [0, 1],
    program: `
      const { Gpio } = require('onoff')
      set(0)
      const button = new Gpio(4, 'in', 'both')
      button.watch((error, value) => seen(value))
      const stop = () => button.unexport()`,
  },
  'onoff with a debounce': {
    values: [0, 1],
    program: `
      const { Gpio } = require('onoff')
      set(0)
      const button = new Gpio(4, 'in', 'both', { debounceTimeout: 10 })
      button.watch((error, value) => seen(value))
      const stop = () => button.unexport()`,
  },
  'rpi-gpio': {
    values: [false, true],
    program: `
      const gpio = require('rpi-gpio')
      set(0)
      gpio.on('change', (channel, value) => seen(value))
      gpio.setup(7, gpio.DIR_IN, gpio.EDGE_BOTH, (error) => { if (error) throw error })
      const stop = () => gpio.destroy((error) => { if (error) throw error })`,
  },
} as const

describe('on files that behave as GPIO pins do', () => {
  let project: Project
  beforeAll(() => {
    project = install('npm')
  })

  describe.each(Object.entries(users))('%s', (_name, { program, values }) => {
    const [before, after] = values
    const cases = [
      ['each edge', edges, group !== undefined, 'needs root and a cgroup2 to write in'],
      ['each level', levels, allowed, 'needs root'],
    ] as const
    for (const [what, { value, set, seen }, runs, needs] of cases) {
      const name = `is told of ${what}, and lets the process end`
      ;(runs ? it : it.skip)(runs ? name : `${name}: not run, because it ${needs}`, () => {
        const code = `
          const { writeFileSync } = require('node:fs')
          const set = ${set}
          const told = []
          const seen = (value) => {
            told.push(value)
            if (told.length < 4) return setTimeout(() => set((told.length + 1) % 2), 20)
            console.log(JSON.stringify(told))
            stop()
          }
          ${program}
          setTimeout(() => set(1), 500)`
        expect(existsSync(value) || value).toBe(true)
        const args = ['sh', '-c', standIn, 'sh', value, process.execPath, '-e', code]
        const { status, stdout, stderr } = spawnSync(namespaces[0] as string, [...namespaces.slice(1), ...args], {
          cwd: project.directory,
          encoding: 'utf8',
          timeout: 30_000,
        })
        const output = `${JSON.stringify(seen(before, after))}\n`
        expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: output, stderr: '' })
      })
    }
  })
})
