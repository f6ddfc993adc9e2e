import { createSocket } from 'node:dgram'
import { backends, Program } from './program.ts'

describe.each(backends)('a worker on %s', (backend) => {
  it('obeys while it is blocked in select()', async () => {
    const program = new Program('commands', ['--port', 0], { backend })
    const port = await program.port()
    program.stdin.write('count\n')
    await program.line(/^0 datagrams$/)
    const socket = createSocket('udp4')
    for (let i = 0; i < 3; i++) socket.send(`${i}`, port, '127.0.0.1')
    let counted = ''
    while (counted !== '3') {
      program.stdin.write('count\n')
      counted = (await program.line(/^(\d) datagrams$/))[1] as string
    }
    socket.close()
    program.stdin.write('reset\ncount\nsing\n')
    await program.line(/^counting from 0$/)
    await program.line(/^0 datagrams$/)
    await program.line(/^cannot sing: count, reset, stop$/)
    program.stdin.write('stop\n')
    await program.line(/^stopping$/)
    await program.line(/^the worker ended with 0$/)
    expect(await program.exited).toBe(0)
  })

  it('ends with the input', async () => {
    const program = new Program('commands', ['--port', 0], { backend })
    await program.port()
    program.stdin.end()
    expect(await program.exited).toBe(0)
    expect(program.lines.slice(-2)).toEqual(['stopping', 'the worker ended with 0'])
  })
})
