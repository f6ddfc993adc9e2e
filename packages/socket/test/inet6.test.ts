import { AF_INET6, IPPROTO_IPV6, IPV6_V6ONLY, SOCK_STREAM, Socket } from '@selectors/socket'
import { Closing, thrown } from './support'
import { system } from './system'

const closing = new Closing()
afterEach(() => closing.close())

const withIPv6 = system.ipv6 ? describe : describe.skip

withIPv6(`IPv6${system.ipv6 ? '' : ' (this machine has no ::1)'}`, () => {
  it('tells four numbers and takes two, three or four', () => {
    const listener = closing.add(new Socket(AF_INET6))
    listener.bind(['::1', 0])
    listener.listen()
    const [host, port, flowinfo, scopeId] = listener.getSockName()
    expect([host, flowinfo, scopeId]).toEqual(['::1', 0, 0])
    for (const address of [['::1', port] as const, ['::1', port, 0] as const, ['::1', port, 0, 0] as const]) {
      const client = closing.add(new Socket(AF_INET6))
      client.connect(address)
      const [server, peer] = listener.accept()
      closing.add(server)
      expect(peer).toEqual(client.getSockName())
      expect(peer).toHaveLength(4)
      expect(client.getPeerName()).toEqual(['::1', port, 0, 0])
    }
  })

  it('binds to any address for the empty host, IPv6 only when told', () => {
    const socket = closing.add(new Socket(AF_INET6, SOCK_STREAM))
    socket.setSockOpt(IPPROTO_IPV6, IPV6_V6ONLY, true)
    expect(socket.getSockOpt(IPPROTO_IPV6, IPV6_V6ONLY)).not.toBe(0)
    socket.bind(['', 0])
    expect(socket.getSockName()[0]).toBe('::')
  })

  it('takes an IPv4 client under its mapped address', () => {
    const listener = closing.add(new Socket(AF_INET6))
    listener.setSockOpt(IPPROTO_IPV6, IPV6_V6ONLY, false)
    listener.bind(['', 0])
    listener.listen()
    const client = closing.add(new Socket())
    client.connect(['127.0.0.1', listener.getSockName()[1]])
    const [server, [host]] = listener.accept()
    closing.add(server)
    expect(host).toBe('::ffff:127.0.0.1')
  })

  it('looks for names in its own family only', () => {
    const socket = closing.add(new Socket(AF_INET6))
    expect(thrown(() => socket.connect(['127.0.0.1', 1]))).toMatchObject({ syscall: 'getaddrinfo' })
    expect(thrown(() => socket.connect(['<broadcast>', 1]))).toMatchObject({ syscall: 'getaddrinfo' })
  })
})
