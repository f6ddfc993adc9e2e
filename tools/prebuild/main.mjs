// Makes prebuilds: bindings that are published with a package, so that its users need no compiler.
//
//     npm run prebuilds                                 all that can be made, with zig
//     npm run prebuilds -- darwin-arm64 linux-x64-musl  only these
//
// Nothing but the binding.gyp of a package says what is compiled for which system.
import { rmSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { bindings, packages } from './bindings.mjs'
import { build } from './build.mjs'
import { label, targets } from './targets.mjs'
import { zigToolChain } from './tool-chains.mjs'

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !targets.some((target) => label(target) === name))
if (unknown.length > 0) {
  console.error(`No such target: ${unknown.join(', ')}. There are ${targets.map(label).join(', ')}`)
  process.exit(1)
}
if (wanted.length === 0)
  for (const directory of bindings()) rmSync(join(directory, 'prebuilds'), { recursive: true, force: true })
for (const target of targets) {
  if (wanted.length > 0 && !wanted.includes(label(target))) continue
  for (const directory of bindings()) make(directory, target, zigToolChain(target))
}

function make(directory, target, toolChain) {
  const file = build(directory, target, toolChain)
  if (file) console.log(`${relative(packages, file)}: ${(statSync(file).size / 1024).toFixed(0)} KB`)
}
