// Formats C and C++ as .clang-format says: what `npm run format` does besides. With --check, as in `npm run lint`, it changes nothing,
// names the files that it would change, and fails if there are any. Other arguments are the paths to look under.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { format } from '@wasm-fmt/clang-format'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const style = readFileSync(join(root, '.clang-format'), 'utf8')
const paths = process.argv.slice(2).filter((argument) => argument !== '--check')
const check = process.argv.includes('--check')

const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate', '--', ...paths]
const files = execFileSync('git', listed, { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((file) => /\.(cc|c|h)$/.test(file) && existsSync(join(root, file)))

for (const file of files) {
  const path = join(root, file)
  const code = readFileSync(path, 'utf8')
  // By one name, or a header would be taken for C in some places and for Objective-C in others.
  const formatted = format(code, 'main.cc', style)
  if (formatted === code) continue
  if (!check) writeFileSync(path, formatted)
  else process.exitCode = 1
  console.log(check ? `${file} is not formatted: npm run format` : `Formatted ${file}`)
}
