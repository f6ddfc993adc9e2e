import { execFileSync, spawnSync } from 'node:child_process'
import { accessSync, closeSync, constants, mkdtempSync, openSync, readSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EVENT_ERROR, EVENT_PRIORITY, EVENT_READ, EVENT_WRITE } from '@selectors/core'
import { EpollSelector } from '@selectors/epoll'
import { PollSelector } from '@selectors/poll'
import { SelectSelector } from '@selectors/select'

// Attributes of sysfs and files of cgroups: exceptional until they are read, from their start, when they have changed and at first.
const selectors = [EpollSelector, PollSelector, SelectSelector]

const attribute = ['/sys/class/net/lo/operstate', '/sys/kernel/uevent_seqnum'].find(isReadable)
if (attribute === undefined) console.warn('not run: there is no sysfs that is ours to read')
else {
  it.each(selectors)('%p tells an attribute of sysfs that was not read', async (Selector) => {
    const fd = openSync(attribute, 'r')
    try {
      using selector = new Selector()
      const events = (EVENT_READ | EVENT_WRITE | EVENT_PRIORITY | EVENT_ERROR) & Selector.supports.events
      let key = selector.register(fd, events)
      for (let again = 0; again < 3; again++) {
        expect(selector.select(0)).toEqual([[key, events]])
        expect(await selector.selectAsync()).toEqual([[key, events]])
      }
      readSync(fd, Buffer.alloc(64), 0, 64, 0)
      expect(selector.select(0)).toEqual([[key, EVENT_READ | EVENT_WRITE]])
      expect(await selector.selectAsync()).toEqual([[key, EVENT_READ | EVENT_WRITE]])
      key = selector.modify(fd, EVENT_PRIORITY)
      expect(selector.select(0.01)).toEqual([])
      expect(await selector.selectAsync({ timeout: 0.01 })).toEqual([])
    } finally {
      closeSync(fd)
    }
  })
}

const directory = mkdtempSync(join(tmpdir(), 'selectors-cgroup-'))
afterAll(() => rmdirSync(directory))
const own = ['--mount', '--propagation', 'private', 'sh', '-ec']
const group = join(directory, `selectors-test-${process.pid}`)
const inGroup = (command: string) =>
  `mount -t cgroup2 none ${directory}; mkdir ${group}; trap 'rmdir ${group}' EXIT; ${command}`
const mayGroup = spawnSync('unshare', [...own, inGroup(`cat ${group}/cgroup.freeze`)]).status === 0
if (!mayGroup) console.warn('not run, for want of root: cgroups of version 2 in a namespace of their own')

const run = mayGroup ? it.each(selectors) : it.skip.each(selectors)
run('%p tells a change of cgroup.events until it is read', ({ name }) => {
  const program = `
    const { openSync, readSync, writeFileSync } = require('node:fs')
    const { setTimeout } = require('node:timers/promises')
    const { EVENT_PRIORITY, ${name} } = require('@selectors/${name.replace('Selector', '').toLowerCase()}')
    const selector = new ${name}()
    const file = openSync('${group}/cgroup.events', 'r')
    const read = () => readSync(file, Buffer.alloc(256), 0, 256, 0)
    const change = (on) => writeFileSync('${group}/cgroup.freeze', on)
    const masks = []
    const take = (batch) => masks.push(...(batch.length === 0 ? [0] : batch.map(([, mask]) => mask)))
    ;(async () => {
      selector.register(file, EVENT_PRIORITY)
      take(selector.select(0)); read(); take(selector.select(0))
      change('1'); take(selector.select(2)); take(selector.select(0)); read(); take(selector.select(0))
      const wait = selector.selectAsync({ timeout: 2 }); await setTimeout(20); change('0'); take(await wait)
      take(await selector.selectAsync({ timeout: 2 })); read(); take(await selector.selectAsync({ timeout: 0.02 }))
      console.log(JSON.stringify(masks))
    })()`
  const args = [...own, inGroup('"$NODE" -e "$PROGRAM"')]
  const env = { ...process.env, NODE: process.execPath, PROGRAM: program }
  const stdout = execFileSync('unshare', args, { cwd: __dirname, encoding: 'utf8', timeout: 20_000, env })
  const PRI = EVENT_PRIORITY
  expect(JSON.parse(stdout)).toEqual([PRI, 0, PRI, PRI, 0, PRI, PRI, 0])
})

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}
