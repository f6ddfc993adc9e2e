// Compiles the binding in `native` of the package in the current directory with node-gyp.
//
// node-gyp downloads Node's headers unless it is told where they are; where the running Node was installed
// together with its headers, those are used, so that a build needs no network and always fits.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const prefix = join(dirname(process.execPath), '..')
const hasHeaders = ['node_api.h', 'common.gypi'].every((file) => existsSync(join(prefix, 'include', 'node', file)))
const nodedir = process.env.npm_config_nodedir ?? (hasHeaders ? prefix : undefined)

const nodeGyp = createRequire(import.meta.url).resolve('node-gyp/bin/node-gyp.js')
const args = [nodeGyp, 'rebuild', '--directory=native', '--loglevel=warn', ...(nodedir ? [`--nodedir=${nodedir}`] : [])]
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, MAKEFLAGS: '-s' } })

// gyp puts the makefile of a target in ../../core at native/build/../../core, beside our own files; nothing needs it after
// the build.
rmSync('core', { recursive: true, force: true })

process.exit(status ?? 1)
