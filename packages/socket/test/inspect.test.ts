import { inspect } from 'node:util'
import { AF_INET, pipe, Socket, socketpair } from '@selectors/socket'
import { Closing } from './support'

const closing = new Closing()
afterEach(() => closing.close())

const shown = (value: unknown) => inspect(value, { breakLength: Infinity })

it('shows descriptor, family, type and both addresses', () => {
  const [client] = closing.tcp()
  const port = (address: readonly [string, number]) => `[ '127.0.0.1', ${address[1]} ]`
  expect(shown(client)).toBe(
    `Socket { fd: ${client.fileno()}, family: 'AF_INET', type: 'SOCK_STREAM', ` +
      `local: ${port(client.getSockName())}, peer: ${port(client.getPeerName())} }`,
  )
})

it('shows what has no addresses', () => {
  const socket = closing.add(new Socket())
  expect(shown(socket)).toBe(
    `Socket { fd: ${socket.fileno()}, family: 'AF_INET', type: 'SOCK_STREAM', local: [ '0.0.0.0', 0 ], peer: undefined }`,
  )
  const [first] = closing.add(socketpair())
  expect(shown(first)).toBe(
    `Socket { fd: ${first.fileno()}, family: 'AF_UNIX', type: 'SOCK_STREAM', local: '', peer: '' }`,
  )
})

it('shows that it is closed', () => {
  const socket = new Socket(AF_INET)
  socket.close()
  expect(shown([socket])).toBe(`[ Socket { closed: true, family: 'AF_INET', type: 'SOCK_STREAM' } ]`)
  const [reader, writer] = pipe()
  expect(shown(reader)).toBe(`PipeEnd { fd: ${reader.fileno()} }`)
  reader.close()
  writer.close()
  expect(shown(writer)).toBe('PipeEnd { closed: true }')
})
