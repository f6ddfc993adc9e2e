import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { blocksOf } from './markdown'

const root = join(__dirname, '..', '..')
const tsc = join(root, 'node_modules/typescript/bin/tsc')
const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && !path.startsWith('.changeset/') && !path.endsWith('CHANGELOG.md'))

/** Pages whose programs only compile here, because nothing stands in for their system. */
const elsewhere = process.platform === 'win32' ? [] : ['packages/afd/README.md']

describe.each(pages)('%s', (page) => {
  const file = join(root, page)
  // Inside the package whose page it is, so that the program finds what a reader of that page would have installed.
  const homes = ['build-emulated', '.'].map((copy) => join(dirname(file), copy))
  const home = homes.find((home) => home !== root && existsSync(join(home, 'package.json'))) ?? join(root, 'tools')
  const directory = join(home, '.results', `markdown-${basename(page, '.md')}`)
  const text = readFileSync(file, 'utf8')
  const blocks = blocksOf(text)
  const programs = blocks
    .map((block, index) => ({ ...block, file: block.file ?? `${index}.mts`, output: blocks[index + 1] }))
    .filter(isProgram)

  beforeAll(() => {
    rmSync(directory, { recursive: true, force: true })
    if (programs.length === 0) return
    mkdirSync(directory, { recursive: true })
    for (const { code, file } of programs) writeFileSync(join(directory, file), code)
    const config = { extends: relative(directory, join(root, 'tsconfig.base.json')) }
    writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(config))
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', directory], { encoding: 'utf8' })
    if (stdout !== '') throw new Error(`${page} does not compile:\n${stdout}`)
  })

  it('links to what exists', () => {
    const links = [...text.matchAll(/\]\((?!\w+:|#)([^)#]+)/g)].map(([, target]) =>
      join(dirname(file), target as string),
    )
    expect(links.filter((target) => !existsSync(target))).toEqual([])
  })

  if (programs.length === 0) return
  const itHere = elsewhere.includes(page) ? it.skip : it
  itHere.each(programs)('runs the program of line $line', ({ file, output }) => {
    const stdout = execFileSync(process.execPath, [join(directory, file.replace(/mts$/, 'mjs'))], {
      encoding: 'utf8',
      timeout: 20_000,
    })
    if (output?.language === 'text') expect(stdout).toBe(output.code)
  })
})

function isProgram({ language }: { language: string }): boolean {
  return language === 'ts'
}
