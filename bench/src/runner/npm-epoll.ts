import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { file, run } from './tools.js'

const PACKAGE = 'epoll@4.0.2'

/**
 * Installs the npm package `epoll`, which compiles itself, in a directory of its own, and returns that directory: so nobody
 * but the benchmark depends on it. `undefined` where it cannot be had.
 */
export function npmEpoll(): string | undefined {
  const directory = file('build', 'npm-epoll')
  if (existsSync(join(directory, 'node_modules', 'epoll', 'build', 'Release', 'epoll.node'))) return directory
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'package.json'), '{ "private": true }\n')
  try {
    run('npm', ['install', '--no-save', '--no-audit', '--no-fund', ...headers(), PACKAGE], directory)
    return directory
  } catch (error) {
    console.error(`Without the npm package epoll: ${error}`)
    return undefined
  }
}

/** Where Node was installed together with its headers, they need not be downloaded. */
function headers(): string[] {
  const prefix = join(dirname(process.execPath), '..')
  return existsSync(join(prefix, 'include', 'node', 'common.gypi')) ? [`--nodedir=${prefix}`] : []
}
