import { execFileSync } from 'node:child_process'

const elsewhere = process.platform === 'sunos' ? it.skip : it

elsewhere('says where it is to be had, and what else, when it was not built', () => {
  const program = `
    const { DevpollSelector } = require('@selectors/devpoll')
    try { new DevpollSelector() } catch ({ name, code, message }) { console.log(JSON.stringify({ name, code, message })) }`
  const stdout = execFileSync(process.execPath, ['-e', program], { cwd: __dirname, encoding: 'utf8' })
  expect(JSON.parse(stdout)).toEqual({
    name: 'BackendUnavailableError',
    code: 'ERR_SELECTOR_BACKEND',
    message: expect.stringContaining(
      `works on Solaris and illumos only, not on ${process.platform}: use @selectors/default`,
    ),
  })
})
