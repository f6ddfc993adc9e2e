#!/usr/bin/env node
import { relative } from 'node:path'
import { create, Refusal } from './create.mjs'

const usage = `Usage: npm create @selectors/backend NAME [DIRECTORY]

Writes a package with a backend of your own into DIRECTORY, which must not exist: by default the last part of NAME.`

const args = process.argv.slice(2)
if (args.includes('--help')) {
  console.log(usage)
} else if (args.length < 1 || args.length > 2) {
  fail(usage)
} else {
  try {
    const { directory, className } = create(...args)
    const steps = [`cd ${relative('', directory)}`, 'npm install', 'npm run build', 'npm test']
    console.log(
      `Wrote ${directory}: the package ${args[0]} with ${className}. Now:\n${steps.map((step) => `  ${step}\n`).join('')}`,
    )
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    fail(error.message)
  }
}

function fail(message) {
  console.error(message)
  process.exitCode = 1
}
