import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { blocksOf } from '../../test/markdown'
import { Project } from './project'

const root = join(__dirname, '../../..')
const tsc = join(root, 'node_modules/typescript/bin/tsc')
// A blank, because people's directories have them.
const directory = join(mkdtempSync(join(tmpdir(), 'selectors-pack-')), 'our tarballs')
afterAll(() => rmSync(dirname(directory), { recursive: true }))

it('what `npm run pack` makes is installed by the command that it prints, and runs the first program of the README', () => {
  const printed = execFileSync(process.execPath, [join(root, 'tools/release/pack.mjs'), directory], {
    encoding: 'utf8',
  })
  const command = printed.trim().split('\n').at(-1) as string
  expect(command).toBe(`npm install '${directory}'/*.tgz`)

  // No registry has any of these packages: what the tarballs want of each other is among them.
  const project = new Project().write('.npmrc', '')
  expect(project.shell(command)).toMatchObject({ status: 0, stderr: '' })
  expect(project.installed()).toEqual([
    ...['afd', 'compat-epoll', 'core', 'default', 'devpoll', 'epoll', 'kqueue', 'poll', 'select', 'socket'],
  ])

  const blocks = blocksOf(readFileSync(join(root, 'README.md'), 'utf8'))
  const first = blocks.findIndex(({ language }) => language === 'ts')
  project.write('first.mts', blocks[first]?.code as string)
  const options = [
    '--module',
    'nodenext',
    '--strict',
    '--types',
    'node',
    '--typeRoots',
    join(root, 'node_modules/@types'),
  ]
  expect(project.run([tsc, ...options, 'first.mts'])).toMatchObject({ status: 0, stdout: '' })
  expect(project.run(['first.mjs'])).toMatchObject({ status: 0, stdout: blocks[first + 1]?.code, stderr: '' })
})
