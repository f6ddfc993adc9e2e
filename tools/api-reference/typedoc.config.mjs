// What `npm run docs:api` makes of the doc comments: docs/api, a page for each module that a package exports.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const manifests = readdirSync(join(root, 'packages'))
  .map((name) => {
    const directory = join(root, 'packages', name)
    return { directory, ...JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) }
  })
  // The others are programs.
  .filter(({ exports }) => exports)
  // What others re-export is described where it is first found.
  .sort((one, other) => Number(other.name === '@selectors/core') - Number(one.name === '@selectors/core'))

/** Each module by the file that it is written in. */
const modules = manifests.flatMap(({ directory, name, exports }) =>
  Object.entries(exports)
    .filter(([path]) => path !== './package.json')
    .map(([path, compiled]) => [sourceOf(join(directory, compiled)), join(name, path)]),
)

function sourceOf(compiled) {
  const source = compiled.replace('/dist/', '/src/').replace(/\.js$/, '.ts')
  return existsSync(source) ? source : compiled.replace(/\.js$/, '.d.ts')
}

/** Calls the modules what they are imported by, in the order of the entry points. */
function nameModules(app) {
  app.converter.on('resolveBegin', ({ project }) => {
    const names = new Map(modules)
    for (const module of project.children) module.name = names.get(module.sources[0].fullFileName)
  })
}

/** Says which error is thrown: the theme leaves out what stands in braces behind `@throws`, or takes it for text. */
function nameErrors(app) {
  app.converter.on('resolveBegin', ({ project }) => {
    for (const { comment } of Object.values(project.reflections)) {
      for (const tag of comment?.getTags('@throws') ?? []) {
        if (tag.typeAnnotation !== undefined) tag.content.unshift({ kind: 'text', text: `${tag.typeAnnotation} ` })
        for (const part of tag.content) part.text = part.text.replace(/\{(\w+)\}/, '`$1`')
      }
    }
  })
}

/** Errors whose `name` and `code` are constants, which say themselves. */
const errors = [
  'core.BackendUnavailableError',
  'core.KeyError',
  'core.SelectorBusyError',
  'core.SelectorClosedError',
  'core.ValueError',
  'default/registry.RegistrationError',
  'socket.ArgumentError',
  'socket.BindingError',
]

/** What the manual pages describe, by their own names. */
const constants = readFileSync(join(root, 'packages/socket/src/constants.ts'), 'utf8').matchAll(/^export const (\w+)/gm)

export default {
  name: 'selectors',
  plugin: ['typedoc-plugin-markdown', nameModules, nameErrors],
  preservedTypeAnnotationTags: ['@throws'],
  entryPoints: modules.map(([file]) => file),
  out: join(root, 'docs/api'),
  readme: 'none',
  router: 'module',
  sourceLinkTemplate: 'https://github.com/node-selectors/selectors/blob/main/{path}#L{line}',
  excludePrivate: true,
  validation: { notDocumented: true },
  requiredToBeDocumented: ['Class', 'Interface', 'Function', 'Method', 'Accessor', 'TypeAlias', 'Variable', 'Property'],
  intentionallyNotDocumented: [
    '@selectors/core.FileObject.__type.fd',
    '@selectors/core.FileObject.__type.fileno',
    '@selectors/core.SystemError.name',
    '@selectors/core/binding.LoadFailure.name',
    '@selectors/default.SelectorClass.prototype',
    '@selectors/socket.AddressFamily.__type.[addressOf]',
    '@selectors/socket.SocketError.name',
    ...errors.flatMap((error) => [`@selectors/${error}.name`, `@selectors/${error}.code`]),
    ...[...constants].map(([, name]) => `@selectors/socket.${name}`),
  ],
  packagesRequiringDocumentation: manifests.map(({ name }) => name),
  treatWarningsAsErrors: true,
  // The build does that, which takes a fifth of the time.
  skipErrorChecking: true,
}
