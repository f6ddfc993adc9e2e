import { backends, DefaultSelector, EVENT_READ } from '@selectors/default'
import { socketpair } from '@selectors/socket'

/** The best that each system has, of the packages of this family. */
const best: Readonly<Record<string, string>> = {
  linux: 'EpollSelector',
  darwin: 'KqueueSelector',
  freebsd: 'KqueueSelector',
  openbsd: 'KqueueSelector',
  netbsd: 'KqueueSelector',
  dragonfly: 'KqueueSelector',
  sunos: 'DevpollSelector',
  win32: 'AfdSelector',
}

/** In this workspace, where all backends are installed; installation.ts has the others. */
it('chooses the best backend of this system, which works', () => {
  expect({ selector: DefaultSelector.name, backends: backends() }).toMatchObject({ selector: best[process.platform] })
  const [reader, writer] = socketpair()
  const selector = new DefaultSelector()
  const key = selector.register(reader, EVENT_READ)
  expect(selector.select(0)).toEqual([])
  writer.send('x')
  expect(selector.select()).toEqual([[key, EVENT_READ]])
  selector.close()
  reader.close()
  writer.close()
})

it('tells every caller the same of the backends, whatever another does with it', () => {
  const known = structuredClone(backends())
  for (const list of [backends(), ...backends()]) {
    for (const change of [
      () => Object.assign(list, { 0: 'changed', name: 'changed' }),
      () => Object.assign(list, { more: 1 }),
    ]) {
      expect(change).toThrow(TypeError)
    }
  }
  expect(backends()).toEqual(known)
})
