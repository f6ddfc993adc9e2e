// Puts the modules of the package in the current directory into one file for each entry, after `tsc` has compiled them one by one: to
// load forty small files takes Node.js three times as long. The arguments name the entries, such as `index`. Each has a file with all
// that it needs, but loads what it imports from `index`. Those joined by `+` have modules in common, which are in a file of their own.
//
// A module that something else in the package loads, such as the script of a worker, stays a file as well. So should one that says where the
// package's binding is: ncc (0.45.0) cannot read a file with a static block, `#x in y` or `??=`, and does not bring along what that names.
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { rolldown } from 'rolldown'

/** A choice of what `@selectors/core` exports, which is loaded in any case. */
const PROGRAM = '@selectors/core/program'

const bundles = process.argv.slice(2).map((names) => names.split('+'))
const entries = bundles.flat()
const [src, dist] = [resolve('src'), resolve('dist')]

const program = {
  name: 'program',
  resolveId: (id) => (id === PROGRAM ? id : undefined),
  load(id) {
    if (id !== PROGRAM) return undefined
    const names = Object.keys(createRequire(join(dist, 'index.js'))(PROGRAM))
    return `export { ${names.join(', ')} } from '${entries.includes('program') ? './index.js' : '@selectors/core'}'`
  },
}

const bundled = new Set()
for (const bundle of bundles) {
  for (const file of await write(bundle)) bundled.add(file)
}
for (const file of compiledFiles().filter(isEmpty)) bundled.add(file)
for (const file of [...entries.map(fileOf), ...loadedByOthers()]) bundled.delete(file)
for (const file of bundled) rmSync(file)

/** Writes the files of entries. Returns the compiled files of the modules that they hold. */
async function write(bundle) {
  const sourceOf = (entry) => (entry === 'program' ? PROGRAM : join(src, `${entry}.ts`))
  const bundler = await rolldown({
    input: Object.fromEntries(bundle.map((entry) => [entry, sourceOf(entry)])),
    platform: 'node',
    plugins: [besideIndex(bundle), program],
    external: (id) => id !== PROGRAM && /^(@selectors\/|node-gyp-build$)/.test(id),
  })
  const { output } = await bundler.write({
    dir: dist,
    format: 'cjs',
    esModule: true,
    // The types have them too.
    comments: false,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-shared.js',
  })
  await bundler.close()
  const modules = output.flatMap(({ moduleIds }) => moduleIds).filter((id) => id.startsWith(src))
  return modules.map((module) => fileOf(module.slice(src.length + 1).replace(/\.ts$/, '')))
}

function besideIndex(bundle) {
  const isOther = (id) => id === './index.js' && !bundle.includes('index')
  return { name: 'beside-index', resolveId: (id) => (isOther(id) ? { id, external: true } : undefined) }
}

function fileOf(module) {
  return join(dist, `${module}.js`)
}

function compiledFiles() {
  const files = readdirSync(dist, { recursive: true }).filter((file) => file.endsWith('.js'))
  return files.map((file) => join(dist, file))
}

/** What `tsc` makes of a module that has only types. */
function isEmpty(file) {
  const code = readFileSync(file, 'utf8').replace(/\/\*.*?\*\//gs, '')
  return /^"use strict";\s+Object\.defineProperty\(exports, "__esModule", { value: true }\);\s*$/.test(code)
}

/** What the files that are in no bundle load, and what that loads. */
function loadedByOthers() {
  const loaded = new Set(compiledFiles().filter((file) => !bundled.has(file)))
  for (const file of loaded) {
    for (const [, path] of readFileSync(file, 'utf8').matchAll(/\brequire\("(\.[^"]*)"\)/g))
      loaded.add(join(dirname(file), path))
  }
  return loaded
}
