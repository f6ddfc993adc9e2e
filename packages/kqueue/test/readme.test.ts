import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { blocksOf } from '../../../tools/test/markdown'
import { entry } from './kqueue'

const root = join(__dirname, '..', '..', '..')
/** Inside the package under test, so that the program finds it by its name. */
const directory = join(dirname(dirname(entry)), '.results', 'readme')

it('runs the program of README.md', () => {
  const blocks = blocksOf(readFileSync(join(__dirname, '..', 'README.md'), 'utf8'))
  const program = blocks.findIndex(({ language }) => language === 'typescript')
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'program.mts'), blocks[program]?.code ?? '')
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify({ extends: join(root, 'tsconfig.base.json') }))
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', directory])
  const output = execFileSync(process.execPath, [join(directory, 'program.mjs')], { encoding: 'utf8' })
  expect(output).toBe(blocks[program + 1]?.code)
})
