import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** The backends that are tried: packages that export a selector class and `wake`. */
export const names = ['epoll', 'poll', 'select']

export function backend(name) {
  const module = require(`@selectors/${name}`)
  const [, Selector] = Object.entries(module).find(([exported]) => /^[A-Z]\w+Selector$/.test(exported))
  return { Selector, wake: module.wake }
}

export const backends = names.map((name) => ({ name, ...backend(name) }))
