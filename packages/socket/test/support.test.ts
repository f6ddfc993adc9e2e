import { inWorker } from './support'

it('loses no message of a worker that says several things at once', async () => {
  const next = await inWorker("for (const number of [0, 1, 2, 3]) post(number); sleep(50); post('late')")
  for (const message of [1, 2, 3, 'late']) expect(await next()).toBe(message)
})

it('tells what a worker throws, before its first message and after it', async () => {
  await expect(inWorker("throw new Error('at once')")).rejects.toThrow('at once')
  const next = await inWorker("post('running'); throw new Error('later')")
  await expect(next()).rejects.toThrow('later')
})
