// Makes the binding that afd-faults.mjs tests.
import { join } from 'node:path'
import { packages } from './bindings.mjs'
import { build } from './build.mjs'
import { targets } from './targets.mjs'
import { zigToolChain } from './tool-chains.mjs'

const target = targets.find(({ name }) => name === 'win32-x64')
console.log(build(join(packages, 'afd/faulty'), target, zigToolChain(target)))
