import { isBuiltin } from 'node:module'

/** Thrown if the package cannot be written; the message says why, and what to do. */
export class Refusal extends Error {}

const packageName = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/
const longest = 214

/** Names that the template's code uses already: core's class, and the C++ namespace of node-addon-api. */
const taken = ['base', 'poller', 'napi']

/**
 * Returns a package's name in the forms in which it is used: `@acme/io-ring` is `io-ring` in file names,
 * `io_ring` in C++, and its class begins with `IoRing`.
 *
 * @throws {Refusal} if the name cannot be used
 */
export function namesOf(name) {
  const [, word] = packageName.exec(name) ?? []
  if (word === undefined) {
    throw new Refusal(
      `'${name}' cannot name a backend: lower-case words joined by hyphens are needed, the first one beginning with a ` +
        'letter, such as io-ring or @acme/io-ring',
    )
  }
  if (name.length > longest) throw new Refusal(`The name has ${name.length} characters: npm takes ${longest}`)
  if (isBuiltin(name)) throw new Refusal(`'${name}' is a module of Node.js: choose another name`)
  if (taken.includes(word)) throw new Refusal(`'${word}' is taken in the code that is written: choose another name`)
  const words = word.split('-')
  const className = words.map(([first, ...rest]) => first.toUpperCase() + rest.join('')).join('')
  return { name, word, identifier: words.join('_'), className }
}
