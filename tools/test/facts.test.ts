import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const root = join(__dirname, '..', '..')
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)))
const pages = files.filter((path) => path.endsWith('.md') && !/^\.changeset\/|\/template\/|CHANGELOG/.test(path))
const places = new Set(
  files.flatMap((path) => path.split('/').map((_, end, parts) => parts.slice(0, end + 1).join('/'))),
)
const names = new Set(files.map((path) => basename(path)))
const cxx = files.filter((path) => /\.(cc|h)$/.test(path)).map(read)

/** Files of others, those that a reader makes, and what no file is called. */
const elsewhere = ['node.exe', 'devpoll.c', 'server.mjs', 'app.mjs', 'register.js', 'name.mts', 'poll.h', 'uv.h']

/** What a build writes, which git does not know. */
const made = /\/(api|build|build-emulated|dist|prebuilds|\.results)(\/|$)/

describe.each(pages)('%s names nothing that does not exist:', (page) => {
  const text = read(page)
  // Programs have tests of their own; a block without a language is a diagram.
  const prose = text.replace(/^```\w+\n.*?^```$/gms, '')
  const diagrams = [...prose.matchAll(/^```\n(.*?)^```$/gms)].flatMap(([, body]) => (body as string).split(/[\s…]+/))
  const spans = [...prose.replace(/^```\n.*?^```$/gms, '').matchAll(/`([^`\n]+)`/g)].map(([, span]) => span as string)
  const words = [...diagrams, ...spans.flatMap((span) => span.split(/\s+/))].filter((word) => !elsewhere.includes(word))

  it('paths', () => {
    // What begins as our own paths do, from the root, the page or its package; the rest is about other directories.
    const homes = ['', `${dirname(page)}/`]
    const missing = words
      .filter((word) => /^[\w.-]+(\/[\w.<>*-]+)+\/?$/.test(word) && !made.test(word))
      .filter((word) => homes.some((home) => places.has(home + (word.split('/')[0] as string))))
      .filter((word) => !homes.some((home) => matches(home + word.replace(/\/$/, ''))))
    expect(missing).toEqual([])
  })

  it('files', () => {
    const named = words.filter((word) => /^\/?([\w.-]+\/)*[\w-]+\.(c|cc|cts|gyp|gypi|h|mjs|mts|ts|yml)$/.test(word))
    const ofPage = [...text.matchAll(/^\/\/ (\S+\.mts)$/gm)].map(([, name]) => name)
    const missing = named.filter((word) => !names.has(basename(word)) && !ofPage.includes(basename(word)))
    expect(missing).toEqual([])
  })

  it('methods of C++ classes', () => {
    const missing = words
      .map((word) => /^(\w+)::(\w+)$/.exec(word))
      .filter((match) => match !== null && !['std', 'Napi'].includes(match[1] as string))
      .filter((match) => !hasMethod(match?.[1] as string, match?.[2] as string))
    expect(missing.map((match) => match?.[0])).toEqual([])
  })
})

describe('docs/adding-a-backend.md', () => {
  const page = read('docs/adding-a-backend.md')
  const numbers = 'none one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen'.split(
    ' ',
  )

  it('counts the methods of a poller', () => {
    const methods = [...read('packages/core/src/poller.ts').matchAll(/^ {2}\w+(\??)\(/gm)]
    const optional = methods.filter(([, mark]) => mark === '?')
    expect(page).toContain(`${numbers[methods.length]} small methods, ${numbers[optional.length]} of them optional`)
  })

  it('has the methods of a C++ class', () => {
    const asked = [...read('packages/core/native/selectors/binding.h').matchAll(/^\/\/ {3}int (\w+)\(/gm)]
    const described = [...page.matchAll(/^\| `([A-Z]\w+)\(/gm)]
    expect(described.map(([, name]) => name)).toEqual(asked.map(([, name]) => name))
  })
})

/** A path in which `<name>` and `*` stand for any name. */
function matches(path: string): boolean {
  if (!/[<*]/.test(path)) return places.has(path)
  const pattern = path.replaceAll('.', '\\.').replace(/<[^>]*>|\*/g, '[^/]*')
  return [...places].some((place) => new RegExp(`^${pattern}$`).test(place))
}

function hasMethod(className: string, method: string): boolean {
  const declared = new RegExp(`\\b(class|struct|namespace) ${className}\\b`)
  const called = new RegExp(`\\b${method}\\b`)
  return cxx.some((code) => declared.test(code) && called.test(code))
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}
