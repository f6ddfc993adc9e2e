import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { blocksOf } from '../../test/markdown'
import { inTime, Project, withCompiler } from './project'

const page = blocksOf(readFileSync(join(__dirname, '../../../docs/adding-a-backend.md'), 'utf8'))
const [create, pack] = page.filter(({ language }) => language === 'sh').map(({ code }) => code) as [string, string]
const minutes = 60_000

const author = new Project()
const home = join(author.directory, 'my-backend')
// Beside what this machine's own says, such as whose certificates to trust.
const globalConfig = execFileSync('npm', ['config', 'get', 'globalconfig'], {
  env: withCompiler,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
}).trim()
const ofMachine = existsSync(globalConfig) ? readFileSync(globalConfig, 'utf8') : ''
author.write('npmrc', `${ofMachine}\n${readFileSync(join(author.directory, '.npmrc'), 'utf8')}`)
/** In which npm knows our registry wherever it is run. */
const env = { ...withCompiler, npm_config_globalconfig: join(author.directory, 'npmrc') }

/** Runs commands of the page, one a line; throws with what they printed when one fails. */
function shell(commands: string, cwd: string): string {
  let output = ''
  let directory = cwd
  for (const command of commands.trim().split('\n')) {
    if (command.startsWith('cd ')) directory = join(directory, command.slice(3))
    else output += runCommand(command, directory)
  }
  return output
}

function runCommand(command: string, cwd: string): string {
  const options = { cwd, env, encoding: 'utf8', timeout: 2 * minutes } as const
  const { status, stdout, stderr } = inTime(() => spawnSync('sh', ['-c', `exec ${command}`], options))
  if (status !== 0) throw new Error(`${command} failed:\n${stdout}${stderr}`)
  return stdout
}

// `npm create` would get it from the registry and keep it for the next time, which may have another one of that version.
beforeAll(() => {
  author.install('npm', '@selectors/create-backend')
})

it(
  'a new backend passes the suite by the commands of the page',
  () => {
    const stdout = shell(create, author.directory)
    expect(stdout).toContain(`Wrote ${home}: the package my-backend with MyBackendSelector.`)
    expect(stdout).toMatch(/^\S+ fail 0$/m)
    expect(Number(/^\S+ pass (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThan(400)
  },
  8 * minutes,
)

it(
  'it is packed, installed without a compiler, and the default',
  () => {
    shell(pack, home)
    const user = new Project().install('npm', '@selectors/default', join(home, 'my-backend-0.1.0.tgz'))
    const register = page.findIndex(({ language }) => language === 'js')
    user.write('register.mjs', page[register]?.code as string)
    expect(user.run(['register.mjs'])).toMatchObject({ status: 0, stdout: page[register + 1]?.code, stderr: '' })

    const print = "console.log(require('@selectors/default').DefaultSelector.name)"
    const named = user.run(['-e', print], { ...env, SELECTORS_BACKEND: 'my-backend' })
    expect(named).toMatchObject({ status: 0, stdout: 'MyBackendSelector\n', stderr: '' })

    for (const { code, language, line } of blocksOf(readFileSync(join(home, 'README.md'), 'utf8'))) {
      if (language !== 'js') continue
      const comments = [...code.matchAll(/^console\.log\(.*\/\/ (.*)$/gm)].map(([, comment]) => `${comment}\n`)
      user.write(`readme-${line}.mjs`, code)
      expect(user.run([`readme-${line}.mjs`])).toMatchObject({ status: 0, stdout: comments.join(''), stderr: '' })
    }
  },
  2 * minutes,
)

const faults = [
  {
    fault: 'does not export wake()',
    file: 'src/index.ts',
    right: ', wake',
    wrong: '',
    build: 'npx tsc',
    test: 'is done by another thread, while this one is blocked',
  },
  {
    fault: 'forgets to change events',
    file: 'native/my_backend.cc',
    right: 'Find(fd)->events = static_cast<short>(selectors::ToPollEvents(events));',
    wrong: '',
    build: 'npm run build',
    test: 'changes the events, from the next select on',
  },
  {
    fault: 'overlooks a hang-up',
    file: 'native/my_backend.cc',
    right: 'selectors::ToMask(polled.revents,',
    wrong: 'selectors::ToMask(polled.revents & ~POLLHUP,',
    build: 'npm run build',
    test: 'reports a reader whose writer is gone',
  },
]

it.each(faults)(
  'a backend that $fault fails the suite',
  ({ file, right, wrong, build, test }) => {
    const path = join(home, file)
    const code = readFileSync(path, 'utf8')
    expect(code.split(right)).toHaveLength(2)
    writeFileSync(path, code.replace(right, wrong))
    shell(build, home)
    writeFileSync(path, code)
    const args = ['--test', '--test-reporter=tap', `--test-name-pattern=${test}`, 'test/conformance.test.mjs']
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: home, env, encoding: 'utf8' })
    expect(stdout).toMatch(new RegExp(`^ *not ok \\d+ - ${test}$`, 'm'))
    expect(status).toBe(1)
  },
  2 * minutes,
)
