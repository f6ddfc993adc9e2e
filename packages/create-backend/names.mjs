import { isBuiltin } from 'node:module'

/** The scaffold cannot be written; the message says why, and what to do. */
export class Refusal extends Error {}

const packageName = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/
const longest = 214

/** What the code of the template uses already: the class of core's, and the C++ namespace of node-addon-api. */
const taken = ['base', 'poller', 'napi']

/**
 * Answers what a package is called in the places where its name stands: `@acme/io-ring` is `io-ring` in names of files,
 * `io_ring` in C++'s, and its class begins with `IoRing`.
 *
 * @throws {Refusal} when the name does not do
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
