import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(__dirname, '..', '..')
const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'))
const ours = Object.keys(scripts).join('|')

/** Where people, and machines, are told what to run. The template's pages are about a package of its own. */
const files = execFileSync('git', ['ls-files', '*.md', '*.mjs', '*.ts', '.github', '.ci'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && !/^\.changeset\/|\/template\/|^docs\/adding-a-backend\.md$/.test(path))
  .filter((path) => existsSync(join(root, path)))

// One form of each command, npm's: it needs nothing else, and gets the right version of pnpm by itself.
it.each([
  ['a script is run by npm', new RegExp(`\\b(?:pnpm(?:@[\\d.]+)?|yarn|npx) (?:run )?(?:${ours})\\b.*`, 'g')],
  ['options are for the script', new RegExp(`\\bnpm run (?:${ours}) -{1,2}\\w.*`, 'g')],
])('%s in every document', (_rule, wrong) => {
  const found = files.flatMap((path) => (read(path).match(wrong) ?? []).map((command) => `${path}: ${command}`))
  expect(found).toEqual([])
})

it('every script that is named exists', () => {
  const found = files.flatMap((path) =>
    [...read(path).matchAll(/\bnpm run ([\w:-]+)/g)]
      .filter(([, name]) => !((name as string) in scripts))
      .map(([text]) => text),
  )
  expect(found).toEqual([])
})

it('every script that is for people is named in a document', () => {
  const pages = files.filter((path) => path.endsWith('.md')).map(read)
  const named = (name: string) => new RegExp(`\\bnpm (run )?${name}\\b`)
  expect(Object.keys(scripts).filter((name) => !pages.some((page) => named(name).test(page)))).toEqual([])
})

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}
