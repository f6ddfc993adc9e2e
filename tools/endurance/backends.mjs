import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** The backends that are tried: packages that export a selector class and `wake`. */
export const names = ['epoll', 'poll', 'select']

export function backend(name) {
  const module = require(`@selectors/${name}`)
  return { Selector: module[`${name[0].toUpperCase()}${name.slice(1)}Selector`], wake: module.wake }
}

export const backends = names.map((name) => ({ name, ...backend(name) }))
