import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { namesOf, Refusal } from './names.mjs'

export { Refusal }

const template = fileURLToPath(new URL('template', import.meta.url))
const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))

/**
 * Writes a package with a working backend.
 *
 * @param name the package's name, from which the names of its class and files are derived
 * @param directory where to write it; it must not exist, but its parent must
 * @returns the directory's absolute path, and the name of the selector class
 * @throws {Refusal} when the name cannot be that of a package or of a class, or when the directory cannot be made
 */
export function create(name, directory) {
  const names = namesOf(name)
  const target = resolve(directory ?? names.word)
  make(target)
  for (const entry of readdirSync(template, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath ?? entry.path, entry.name)
    const written = join(target, fill(relative(template, file), names).replace(/^gitignore$/, '.gitignore'))
    mkdirSync(dirname(written), { recursive: true })
    writeFileSync(written, fill(readFileSync(file, 'utf8'), names))
  }
  return { directory: target, className: `${names.className}Selector` }
}

/** Fails if something exists there, so that nothing is ever overwritten. */
function make(directory) {
  try {
    mkdirSync(directory)
  } catch (error) {
    const reason = error.code === 'EEXIST' ? 'it exists, and nothing is overwritten' : error.message
    throw new Refusal(`Cannot make ${directory}: ${reason}. A second argument names another directory`)
  }
}

/** Replaces the template's names with those of the new package. */
function fill(text, { name, word, identifier, className }) {
  const names = {
    'my-backend-selector': `${word}-selector`,
    'my-backend': name,
    my_backend: identifier,
    MyBackend: className,
    '^0.0.0': `^${version}`,
  }
  return text.replace(/my-backend(-selector)?|my_backend|MyBackend|\^0\.0\.0/g, (own) => names[own])
}
