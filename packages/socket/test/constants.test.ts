import { spawnSync } from 'node:child_process'
import * as socket from '@selectors/socket'

const constants = Object.entries(socket).filter(([, value]) => typeof value === 'number')

// Python was compiled with the system's headers, and tells what it found there.
const python = spawnSync('python3', [
  '-c',
  'import json, socket; print(json.dumps(vars(socket), default=lambda _: None))',
])
const hasPython = python.status === 0

;(hasPython ? it : it.skip)(`has the system's own numbers${hasPython ? '' : ' (no python3 to ask)'}`, () => {
  const known = JSON.parse(python.stdout.toString())
  const different = constants.filter(([name, value]) => known[name] !== value)
  // Python leaves these out.
  expect(different.map(([name]) => name)).toEqual([])
  expect(constants.length).toBeGreaterThan(35)
})
