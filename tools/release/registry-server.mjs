// The process that `startRegistry` starts. It ends with the one that started it.
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

// verdaccio is a dependency of the tests, which this serves as well.
const { runServer } = createRequire(new URL('../install/package.json', import.meta.url))('verdaccio')

// Anyone who reaches it may publish, but it cannot be reached from outside. It knows no packages but ours.
const config = `
storage: ./storage
auth: { htpasswd: { file: ./htpasswd, max_users: -1 } }
packages: { '@selectors/*': { access: $all, publish: $anonymous } }
log: { type: stdout, level: error }
`

const [directory] = process.argv.slice(2)
mkdirSync(directory, { recursive: true })
writeFileSync(join(directory, 'config.yaml'), config)
const server = await runServer(join(directory, 'config.yaml'))
server.listen(0, '127.0.0.1', () => process.send(server.address().port))
process.once('disconnect', () => process.exit())
