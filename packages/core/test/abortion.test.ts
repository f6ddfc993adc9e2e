import { getEventListeners } from 'node:events'
import { onAbort } from '@selectors/core'

// What waits for one signal has one listener of it in common.

it('goes on telling the others when one stops, and lets go of the signal with the last', () => {
  const controller = new AbortController()
  const { signal } = controller
  const told: string[] = []
  const stops = ['first', 'second', 'third'].map((who) => onAbort(signal, () => told.push(who)))
  expect(getEventListeners(signal, 'abort')).toHaveLength(1)
  stops[0]?.()
  stops[0]?.()
  expect(getEventListeners(signal, 'abort')).toHaveLength(1)
  stops[1]?.()
  controller.abort()
  expect(told).toEqual(['third'])
  stops[2]?.()
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

it('does not tell one that another has stopped, during the abortion too', () => {
  const controller = new AbortController()
  const told: string[] = []
  onAbort(controller.signal, () => {
    told.push('first')
    stop()
  })
  const stop = onAbort(controller.signal, () => told.push('second'))
  controller.abort()
  expect(told).toEqual(['first'])
})
