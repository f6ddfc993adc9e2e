// Mistakes in how core finds and loads a binding.
import { all, mutantsOf } from './tests.mjs'

const tests = [
  ['core', 'test/privileged'],
  ['epoll', 'test/binding'],
  all('location', 'environment', 'permission', 'broken'),
  ['socket', 'test/binding'],
]
const of = (file) => mutantsOf(`packages/core/src/binding/${file}`, ['core'], ...tests)

const files = of('binding-files.ts')
const library = of('c-library.ts')
const inPackage = of('in-package.ts')
const load = of('load-binding.ts')
const failure = of('load-failure.ts')
const privileged = of('privileged.ts')
const environment = of('environment.ts')

export const binding = [
  files(
    'a privileged process loads what the environment names',
    'directory !== undefined && isPrivileged() ? undefined : directory',
    'directory',
  ),
  files(
    'what the environment names is not looked at',
    'if (named !== undefined) yield',
    'if (named === source.package) yield',
  ),
  files('PREBUILDS_ONLY is not looked at', "if (environment('PREBUILDS_ONLY') === undefined) yield", 'yield'),
  files('what lies above a bundle is taken', 'return isOwn ? file : undefined', 'return file'),
  files(
    'there is no look beside the program',
    '[() => __dirname, () => dirname(process.execPath)]',
    '[() => __dirname]',
  ),
  files('the C library is not in the name', 'arm(), cLibrary(), ', 'arm(), '),
  library('LIBC does not overrule it', "wordInEnvironment('LIBC') ?? ", ''),
  inPackage(
    'LIBC stays in the environment',
    'if (LIBC === undefined) delete process.env.LIBC',
    'if (LIBC === undefined) return require("node-gyp-build")',
  ),
  load('another release is taken', ' && binding.version === source.version', ''),
  load("another package's is taken", 'binding.package === source.package && ', ''),
  load(
    'a stranger hides what comes after it',
    '    failure ??= stranger(source, file, binding)',
    '    throw stranger(source, file, binding)',
  ),
  load(
    'a file in place of a directory is an error',
    "if ((error as NodeJS.ErrnoException).code !== 'ENOTDIR') hidden",
    'hidden',
  ),
  load('what keeps a file from being opened is not said', 'failureToOpen(file) ?? error', 'error'),
  failure(
    'no descriptor left is no system error',
    'return new LoadFailure(`${start}${message}`, { cause }, errno)',
    'return new LoadFailure(`${start}${message}`, { cause })',
  ),
  failure(
    'the cause is dropped',
    "if (errno !== undefined || name === 'NotCapable') return new LoadFailure(start + message, { cause })",
    "if (errno !== undefined || name === 'NotCapable') return new LoadFailure(start + message)",
  ),
  failure(
    'addons that are disabled are broken',
    "if (code === 'ERR_DLOPEN_DISABLED') return new LoadFailure(`${start}${disabled()}`, { cause })",
    '',
  ),
  failure(
    'what has no sources is to be built',
    "if (native === undefined || !exists(join(native, 'binding.gyp'))) return undefined",
    'if (native === undefined) return undefined',
  ),
  privileged('nobody is privileged', 'if (numberAt(at) === AT_SECURE) return numberAt(at + word) !== 0', ''),
  privileged('everybody is privileged', 'return numberAt(at + word) !== 0', 'return true'),
  privileged('other rights are not looked at', 'process.getuid?.() !== process.geteuid?.() || ', ''),
  environment('a word may lead anywhere', ' && /^\\w+$/.test(value) ?', ' ?'),
  environment('an empty variable is set', 'process.env[name] || undefined', 'process.env[name]'),
]
