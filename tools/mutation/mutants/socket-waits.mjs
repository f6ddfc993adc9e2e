// Mistakes in how sockets wait, connect and move bytes.
import { mutantsOf, socket as quick, socketsEnds } from './tests.mjs'

const native = (file) => mutantsOf(`packages/socket/native/${file}`, ['socket/native'], quick, socketsEnds)
const waiting = native('waiting.h')
const retry = native('posix/retry.h')
const send = native('posix/send.cc')
const transfer = native('posix/transfer.cc')

export const socketWaits = [
  waiting('the time of a socket is not over', 'if (left_ms == 0) return -EAGAIN;', ''),
  waiting(
    'the time of a socket begins anew',
    'const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start_).count();',
    'const auto passed = 0;',
  ),
  waiting('a refusal to tell the time is none', 'if (timeout_ms_ < 0) return timeout_ms_;', ''),
  waiting(
    'it spins where somebody else is faster',
    'const int result = ready_ ? Pause(left_ms) : Look(left_ms);',
    'const int result = Look(left_ms);',
  ),
  waiting('a connection that failed is there', 'return TakeError(fd);\n}', 'return 0;\n}'),
  waiting(
    'a connection whose time is over would block',
    'return turn == -EAGAIN ? -EINPROGRESS : turn;',
    'return turn;',
  ),
  waiting(
    'a full backlog is an error',
    'IsUnix(address) ? Await(pulse, fd, Interest::kWrite, start) : start()',
    'start()',
  ),
  waiting(
    'what was moved is lost by a failure',
    'return moved > 0 ? static_cast<int>(moved) : result;',
    'return result < 0 ? result : static_cast<int>(moved);',
  ),
  waiting(
    'all is moved to the same place',
    'move(Bytes{bytes.data + moved, size - moved})',
    'move(Bytes{bytes.data, size - moved})',
  ),
  waiting(
    'the error of the rest is reported at once',
    'is_later && HasFailed(fd) != 0 ? 0 : Recv(fd, rest, flags, from)',
    'Recv(fd, rest, flags, from)',
  ),
  waiting(
    'MSG_WAITALL is a receive',
    'return all ? MoveAll(buffer, receive) : receive(buffer);',
    'return receive(buffer);',
  ),
  waiting(
    'a blocking write takes a part',
    'return blocking ? MoveAll(data, write) : write(data);',
    'return write(data);',
  ),
  waiting(
    'what does not block waits',
    'if (blocking <= 0) return blocking < 0 ? blocking : result;',
    'if (blocking < 0) return blocking;',
  ),
  waiting(
    'MSG_DONTWAIT waits',
    'return MayWait(flags) ? Await(pulse, fd, InterestOfRecv(flags), attempt) : attempt();',
    'return Await(pulse, fd, InterestOfRecv(flags), attempt);',
  ),
  retry('a signal is an error', 'if (errno != EINTR) return -errno;', 'return -errno;'),
  send('a send blocks the thread', 'flags | MSG_DONTWAIT | kNoSignal', 'flags | kNoSignal'),
  send('a send raises a signal', 'flags | MSG_DONTWAIT | kNoSignal', 'flags | MSG_DONTWAIT'),
  transfer('a receive blocks the thread', 'const int all = flags | MSG_DONTWAIT;', 'const int all = flags;'),
  transfer(
    'a second connect succeeds',
    'if (connected != 0) return connected < 0 ? connected : -EISCONN;',
    'if (connected < 0) return connected;',
  ),
  transfer(
    'a refused connect leaves it non-blocking',
    '  int restored = SetBlocking(fd, 1);\n',
    '  int restored = result < 0 && result != -EINPROGRESS ? 0 : SetBlocking(fd, 1);\n',
  ),
  transfer('it is not tried again to block', '  if (restored < 0) restored = SetBlocking(fd, 1);\n', ''),
  transfer(
    'a blocking write takes more than fits',
    'blocking ? std::min<size_t>(data.size, PIPE_BUF) : Clamp(data.size)',
    'Clamp(data.size)',
  ),
  transfer(
    'reading nothing waits',
    'buffer.size > 0 ? CheckReady(fd, Interest::kRead) : 0',
    'CheckReady(fd, Interest::kRead)',
  ),
  transfer(
    'peeking waits for all',
    'MSG_DONTWAIT | MSG_PEEK | MSG_OOB | kErrorQueue)) != 0) return 0;',
    'MSG_DONTWAIT | MSG_OOB | kErrorQueue)) != 0) return 0;',
  ),
  transfer(
    'the error queue is waited for',
    'return (flags & (MSG_DONTWAIT | kErrorQueue)) == 0;',
    'return (flags & MSG_DONTWAIT) == 0;',
  ),
  transfer(
    'the error of a socket is positive',
    'return result < 0 ? result : -error;',
    'return result < 0 ? result : error;',
  ),
]
