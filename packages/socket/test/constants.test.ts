import { spawnSync } from 'node:child_process'
import * as socket from '@selectors/socket'
import { itWhere } from './system'

const constants = Object.entries(socket).filter(([, value]) => typeof value === 'number')

// Python was compiled with the system's headers, and tells what it found there.
const python = spawnSync('python3', [
  '-c',
  'import json, socket; print(json.dumps(vars(socket), default=lambda _: None))',
])
const hasPython = python.status === 0

;(hasPython ? it : it.skip)(`has the system's own numbers${hasPython ? '' : ' (no python3 to ask)'}`, () => {
  const known = JSON.parse(python.stdout.toString())
  const told = constants.filter(([name]) => name in known)
  expect(told.filter(([name, value]) => known[name] !== value)).toEqual([])
  // The others are not Python's, or not this system's.
  expect(told.length).toBeGreaterThan(35)
})

// Where the headers of the system's C compiler are the kernel's, which have what Python leaves out too.
itWhere(process.platform === 'linux')('has the numbers of the headers, all of them', () => {
  const headers = [
    'sys/socket.h',
    'netinet/in.h',
    'netinet/tcp.h',
    'linux/netlink.h',
    'linux/if_packet.h',
    'linux/can.h',
  ]
  const includes = [...headers, 'linux/can/raw.h'].map((header) => `#include <${header}>`)
  const assertions = constants.map(([name, value]) => `_Static_assert(${name} == ${value}, "${name}");`)
  const compiler = [process.env.CC ?? 'cc', '-x', 'c', '-fsyntax-only', '-'] as const
  const [command, ...args] = compiler
  const { status, stderr } = spawnSync(command, args, {
    input: [...includes, ...assertions].join('\n'),
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})
