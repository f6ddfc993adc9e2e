import { once } from 'node:events'
import { closeSync, fstatSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { pipe, socketpair } from '@selectors/socket'
import { Closing, openDescriptors, openedSince } from './support'

// The end of a thread closes what the thread has, and nothing else.
const closing = new Closing()
afterEach(() => closing.close())

// Generous, for busy machines: none takes more than a second of its own.
jest.setTimeout(60_000)

const entry = JSON.stringify(require.resolve('@selectors/socket'))

it('closes the sockets of a worker that was terminated', async () => {
  const program = `
    const { socketpair } = require(${entry})
    globalThis.kept = Array.from({ length: 50 }, () => socketpair())
    require('node:worker_threads').parentPort.postMessage('open')
    kept[0][0].recv(1)`
  const before = openDescriptors().length
  const worker = new Worker(program, { eval: true })
  await new Promise((resolve) => worker.once('message', resolve))
  expect(openDescriptors().length).toBeGreaterThanOrEqual(before + 100)
  await worker.terminate()
  expect(openDescriptors().length).toBeLessThan(before + 50)
})

it('leaks nothing when a thread ends between opening a descriptor and owning it', async () => {
  const program = `
    const { pipe, Socket, socketpair } = require(${entry})
    const { parentPort } = require('node:worker_threads')
    pipe().map((end) => end.close())
    parentPort.postMessage('opening')
    for (;;) {
      const [first, second] = socketpair()
      for (const file of [...pipe(), first.dup(), first, second, new Socket()]) file.close()
    }`
  const endEarly = async (milliseconds: number) => {
    const worker = new Worker(program, { eval: true })
    await once(worker, 'message')
    await setTimeout(milliseconds)
    await worker.terminate()
  }
  await endEarly(0)
  const before = openDescriptors()
  for (let round = 0; round < 20; round++) await endEarly(round % 5)
  expect(openedSince(before)).toEqual([])
})

it('closes with its thread what a call has opened, and nothing owns yet', async () => {
  const program = `
    const { AF_INET, AF_UNIX, SOCK_STREAM } = require(${entry})
    const { loadBinding } = require(${JSON.stringify(require.resolve('@selectors/core/binding'))})
    const directory = () => ${JSON.stringify(join(__dirname, '..', 'native'))}
    const binding = loadBinding({ package: '@selectors/socket', version: 1, directory })
    const address = new Uint8Array(binding.addressSize)
    const [pair, ends] = [new Int32Array(2), new Int32Array(2)]
    const [listener, client] = [0, 0].map(() => binding.socket(AF_INET, SOCK_STREAM, 0))
    binding.makeInet(address, AF_INET, '127.0.0.1', 0, 0, 0)
    binding.bind(listener, address)
    binding.listen(listener, 1)
    binding.getSockName(listener, address)
    binding.connect(client, address)
    const accepted = binding.accept(listener, address)
    binding.pair(AF_UNIX, SOCK_STREAM, 0, pair)
    binding.pipe(ends)
    const fds = [listener, client, accepted, binding.dup(client), ...pair, ...ends]
    require('node:worker_threads').parentPort.postMessage(fds)
    setInterval(() => {}, 1000)`
  const worker = new Worker(program, { eval: true })
  const [fds] = (await once(worker, 'message')) as [number[]]
  const isOpen = (fd: number) => openDescriptors().includes(fd)
  expect(fds.map(isOpen)).toEqual(Array(8).fill(true))
  await worker.terminate()
  expect(fds.filter(isOpen)).toEqual([])
})

/** Opens descriptors in each way that there is, in a worker: `files`, of which it posts what is to be known. */
const openInWorker = (post: string) => `
  const { pipe, Socket, socketpair } = require(${entry})
  const listener = new Socket()
  listener.bind(['127.0.0.1', 0])
  listener.listen()
  const files = []
  for (let i = 0; i < 5; i++) {
    const client = new Socket()
    client.connect(listener.getSockName())
    files.push(client, listener.accept()[0], client.dup(), ...socketpair(), ...pipe(), Socket.from(new Socket().detach()))
  }
  require('node:worker_threads').parentPort.postMessage(${post})
  setInterval(() => {}, 1000)`

/** What a descriptor is open on. */
const identity = (fd: number) => [fd, fstatSync(fd).dev, fstatSync(fd).ino]

it('leaves open what a worker gave away', async () => {
  const worker = new Worker(openInWorker('files.map((file) => file.detach())'), { eval: true })
  const [fds] = (await once(worker, 'message')) as [number[]]
  const before = fds.map(identity)
  expect(fds).toHaveLength(40)
  await worker.terminate()
  expect(fds.map(identity)).toEqual(before)
  for (const fd of fds) closeSync(fd)
})

it('leaves open what has the number of a file that a worker has closed', async () => {
  const worker = new Worker(openInWorker('files.map((file) => [file.fileno(), file.close()][0])'), { eval: true })
  const [fds] = (await once(worker, 'message')) as [number[]]
  const ours = closing.add(Array.from({ length: 20 }, () => [...socketpair(), ...pipe()]).flat())
  const reused = ours.filter((file) => fds.includes(file.fileno()))
  expect(reused.length).toBeGreaterThan(30)
  const before = ours.map((file) => identity(file.fileno()))
  await worker.terminate()
  expect(ours.map((file) => identity(file.fileno()))).toEqual(before)
})
