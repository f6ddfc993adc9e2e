// Mistakes in how @selectors/default chooses a backend.
import { all, mutantsOf } from './tests.mjs'

const of = (file, ...tests) => mutantsOf(`packages/default/src/${file}`, ['default'], ...tests)
const choosing = all('broken', 'combinations', 'environment', 'third-party', 'modules', 'system', 'permission')
const wanted = of('wanted-backend.ts', choosing, all('location'))
const candidate = of('candidate.ts', choosing)
const choose = of('choose.ts', choosing)
const known = of('known-backends.ts', choosing)
const named = of('named-backend.ts', choosing, all('location'))
const missing = of('not-installed.ts', choosing)
const register = of('register-backend.ts', choosing, all('wake'))
const selectorClass = of('selector-class.ts', choosing)
const unavailable = of('unavailable-selector.ts', choosing)
const describes = of('describe.ts', choosing)

export const choices = [
  wanted(
    'a privileged process takes what the environment names',
    'return wanted !== undefined && isPrivileged() ? undefined : wanted',
    'return wanted',
  ),
  wanted(
    'an empty variable names a backend',
    'process.env.SELECTORS_BACKEND || undefined',
    'process.env.SELECTORS_BACKEND ?? undefined',
  ),
  candidate('a backend is not tried', '    probe(selectorClass)\n', ''),
  candidate('what was tried stays open', '  } finally {\n    selector.close()\n  }', '  } finally {\n  }'),
  candidate(
    'anything is a batch',
    "    if (!Array.isArray(batch)) throw new TypeError('select() does not return a list')\n",
    '',
  ),
  candidate(
    'what the system refuses is broken',
    "code === 'ERR_SELECTOR_BACKEND' || name === 'SystemError'",
    "code === 'ERR_SELECTOR_BACKEND'",
  ),
  candidate(
    'a package is not a name',
    'return candidate.name === name || candidate.package === name',
    'return candidate.name === name',
  ),
  candidate(
    'what is not installed is broken',
    "    if (error instanceof NotInstalledError) return 'not installed'\n",
    "    if (error instanceof NotInstalledError) return 'broken'\n",
  ),
  choose('another stands in for what is named', 'inTurn(all) : [named]', 'inTurn(all) : [named, ...all]'),
  choose(
    'those of other systems come first',
    '...candidates.filter((candidate) => !isForeign(candidate)), ...candidates.filter(isForeign)',
    '...candidates.filter(isForeign), ...candidates.filter((candidate) => !isForeign(candidate))',
  ),
  choose('what was refused is not said', '    refusals.set(candidate, result)\n', ''),
  choose(
    'a report can be changed',
    'return Object.freeze({ name: candidate.name, ...holder, ...outcome })',
    'return { name: candidate.name, ...holder, ...outcome }',
  ),
  choose('what was not tried is a reason', "reports.filter(({ status }) => status !== 'not tried')", 'reports'),
  known('what is broken is not installed', 'throw isMissing(missing, cause) ? new', 'throw true ? new'),
  known(
    'poll comes before epoll',
    "  known('epoll', 'Linux', process.platform === 'linux'),\n",
    "  known('poll', 'Unix', true),\n  known('epoll', 'Linux', process.platform === 'linux'),\n",
  ),
  named('a path is a package', 'if (!packageName.test(name) || isBuiltin(name)) throw', 'if (isBuiltin(name)) throw'),
  named(
    "one of Node's own is a package",
    'if (!packageName.test(name) || isBuiltin(name)) throw',
    'if (!packageName.test(name)) throw',
  ),
  named(
    'the current directory is looked at',
    '...programDirectory(), __dirname]',
    'process.cwd(), ...programDirectory(), __dirname]',
  ),
  named('the program is not looked at', '...programDirectory(), __dirname]', '__dirname]'),
  named('what a package lacks is the package', '    if (!isMissing(name, cause)) throw cause\n', ''),
  missing('any missing package is this one', " && String(message).includes(`'${packageName}'`)", ''),
  register('it may come too late', '  if (chosen) {', '  if (false) {'),
  register('a name may be taken', 'candidates().some((candidate) => isNamed(candidate, taken))', 'false'),
  register('only the name may be taken', 'for (const taken of [name, holder]) {', 'for (const taken of [name]) {'),
  register(
    'the last comes first',
    '[...at(false), ...knownBackends, ...at(true)]',
    '[...at(false), ...at(true), ...knownBackends]',
  ),
  register(
    'it has no name',
    "if (typeof name !== 'string' || name === '') throw new ValueError('A backend needs a name')",
    '',
  ),
  register('load() has no this', 'load: () => backend.load(), loadWake', 'load, loadWake'),
  register('the wake is not given', 'loadWake: () => wake }', 'loadWake: () => undefined }'),
  selectorClass('the first of several is taken', 'if (another !== undefined) {', 'if (false) {'),
  selectorClass(
    'a class twice exported is two',
    'const [selectorClass, another] = new Set(Object.values(module).filter(isSelectorClass))',
    'const [selectorClass, another] = Object.values(module).filter(isSelectorClass)',
  ),
  selectorClass('a class without supports is one', 'Object(supports) === supports && methods', 'methods'),
  unavailable('reasons are not listed', "`${title}:${reasons.join('')}`", '`${title}`'),
  describes('all lines are shown', "return text.split('\\n', 1)[0] as string", 'return text'),
]
