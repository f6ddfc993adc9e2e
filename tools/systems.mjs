// Writes the README's table of what has run where from docs/systems.json: `node tools/systems.mjs` after a build; `--check` says whether it
// is current. Which systems an emulation stands in for, it says itself: the tests of the packages run on all of these.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const tools = dirname(fileURLToPath(import.meta.url))
const readme = join(tools, '../README.md')
const { packages, runs, words } = JSON.parse(readFileSync(join(tools, '../docs/systems.json'), 'utf8'))
const [begin, end] = ['<!-- written by tools/systems.mjs -->\n', '<!-- until here -->']
const require = createRequire(import.meta.url)

/** What an emulation calls a system. */
const names = {
  macos: 'macOS',
  freebsd: 'FreeBSD',
  openbsd: 'OpenBSD',
  netbsd: 'NetBSD',
  dragonfly: 'DragonFly',
  illumos: 'illumos',
}

const text = readFileSync(readme, 'utf8')
const [before, rest] = text.split(begin)
const written = `${before}${begin}\n${table()}\n${rest.slice(rest.indexOf(end))}`
if (!process.argv.includes('--check')) writeFileSync(readme, written)
else if (written !== text) {
  console.error('The README does not say what docs/systems.json does: node tools/systems.mjs')
  process.exit(1)
}

function table() {
  const columns = Object.keys(packages)
  const systems = [...new Set(Object.values(packages).flat())]
  const rows = systems.map((system) => [system, ...columns.map((name) => cell(system, name))])
  const lines = [['', ...columns], ['', ...columns].map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`.replace(/ {2,}/g, ' ')).join('')
}

function cell(system, name) {
  const proofs = runs.filter((run) => run.packages.includes(name) && systemsOf(run).includes(system))
  if (proofs.length > 0) return proofs.map(({ by }) => words[by]).join(', ')
  return packages[name].includes(system) ? 'unproven' : ''
}

function systemsOf({ systems, emulation }) {
  return systems ?? require(`./emulations/${emulation}`).systems.map((system) => names[system])
}
