// What onoff does with epoll, and what becomes of an error in the callback.
import { Epoll } from '@selectors/compat-epoll'
import { pipe } from '@selectors/socket'

process.on('uncaughtException', ({ message }) => console.log(message))
const [reader, writer] = pipe()
let calls = 0
const poller = new Epoll((_error, fd, events) => {
  console.log(`events ${events} of the pipe: ${fd === reader.fileno()}`)
  if (++calls === 1) throw new Error('thrown by the callback')
  poller.remove(fd).close()
})
poller.add(reader.fileno(), Epoll.EPOLLIN | Epoll.EPOLLPRI)
setTimeout(() => writer.write('x'), 50)
