#!/usr/bin/env node
// Makes prebuilds: bindings that are published with a package, so that its users need no compiler.
//
//     pnpm prebuild                              all that can be made, with zig
//     pnpm prebuild darwin-arm64 linux-x64-musl  only these
//     pnpm prebuild --host                       what is missing for this machine, with its own compiler (CXX, or c++)
//
// Nothing but the binding.gyp of a package says what is compiled for which system. `prebuild` is a program of a
// package because a script of that name would be run before each `npm run build`.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, isCurrent } from './build.mjs'
import { host, label, targets } from './targets.mjs'
import { hostToolChain, zigToolChain } from './tool-chains.mjs'

const packages = join(dirname(fileURLToPath(import.meta.url)), '../../packages')
const bindings = readdirSync(packages)
  .map((name) => join(packages, name, 'native'))
  .filter((directory) => existsSync(join(directory, 'binding.gyp')))

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => name !== '--host' && !targets.some((target) => label(target) === name))
if (unknown.length > 0) {
  console.error(`No such target: ${unknown.join(', ')}. There are --host, ${targets.map(label).join(', ')}`)
  process.exit(1)
}
if (wanted.length === 0)
  for (const directory of bindings) rmSync(join(directory, 'prebuilds'), { recursive: true, force: true })
if (wanted.includes('--host')) {
  for (const directory of bindings) if (!isCurrent(directory, host())) make(directory, host(), hostToolChain(host()))
}
for (const target of targets) {
  if (wanted.length > 0 && !wanted.includes(label(target))) continue
  for (const directory of bindings) make(directory, target, zigToolChain(target))
}

function make(directory, target, toolChain) {
  const file = build(directory, target, toolChain)
  if (file) console.log(`${relative(packages, file)}: ${(statSync(file).size / 1024).toFixed(0)} KB`)
}
