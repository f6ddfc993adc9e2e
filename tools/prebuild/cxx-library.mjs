import { execFileSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const used = {
  libcxx: [
    'chrono',
    'condition_variable',
    'condition_variable_destructor',
    'memory',
    'mutex',
    'mutex_destructor',
    'string',
    'system_error',
  ],
  libcxxabi: ['abort_message', 'cxa_guard', 'cxa_virtual'],
}
// A linker for Windows has to find whatever those refer to, before it leaves out what is not used.
const referred = {
  libcxx: ['exception', 'future', 'stdexcept', 'support/win32/thread_win32', 'thread'],
  libcxxabi: ['cxa_default_handlers', 'cxa_handlers', 'cxa_noexception', 'stdlib_exception', 'stdlib_stdexcept'],
}
const flags = [
  '-std=c++20 -O2 -fno-exceptions -fno-rtti -fno-ident',
  '-ffunction-sections -fdata-sections -fvisibility=hidden -fvisibility-inlines-hidden -w -DNDEBUG',
  '-D_LIBCPP_DISABLE_VISIBILITY_ANNOTATIONS -D_LIBCXXABI_DISABLE_VISIBILITY_ANNOTATIONS',
  '-D_LIBCPP_BUILDING_LIBRARY -DLIBCXX_BUILDING_LIBCXXABI -D_LIBCXXABI_BUILDING_LIBRARY',
].join(' ')
// As in binding.gypi.
const flagsOfUnix = '-fPIC -fno-unwind-tables -fno-asynchronous-unwind-tables'

/**
 * What bindings use of zig's C++ library, in the form of `compilation`, to be compiled as they are. The library that zig would
 * link throws exceptions: with all that belongs to them, it would be three quarters of a binding.
 */
export function cxxLibrary(zig, { os, libc }, env) {
  const { lib_dir: directory } = JSON.parse(execFileSync(zig, ['env'], { env, encoding: 'utf8' }))
  const include = ['libcxx/src', 'libcxxabi/include', 'libcxxabi/src']
    .map((path) => `-I'${join(directory, path)}'`)
    .join(' ')
  const sources = [used, ...(os === 'win' ? [referred] : [])]
    .flatMap(Object.entries)
    .flatMap(([library, names]) => names.map((name) => join(directory, library, 'src', `${name}.cpp`)))
  const own = ['operator-new.cc', ...(libc === 'glibc' ? ['fstat.cc'] : [])].map((name) => join(here, name))
  return [...own, ...sources].map((source) => ({
    source,
    flags: `${flags} ${os === 'win' ? '' : flagsOfUnix} ${include} -c '${source}'`,
  }))
}
