import { setImmediate } from 'node:timers/promises'
import { Alarm } from '../src/native/alarm'
import type { Binding } from '../src/native/native-binding'

function prepare() {
  const disarm = jest.fn()
  const onReady = jest.fn()
  const alarm = new Alarm({ control: new Int32Array(4), disarm } as unknown as Binding, 7, true)
  return { alarm, disarm, onReady }
}

it('calls once for each time that it was armed', () => {
  const { alarm, onReady } = prepare()
  alarm.arm(onReady, false)
  alarm.goOff()
  expect(alarm.isIdle).toBe(true)
  alarm.goOff()
  expect(onReady).toHaveBeenCalledTimes(1)
})

it('is disarmed once, though it was due', async () => {
  const { alarm, disarm, onReady } = prepare()
  alarm.arm(onReady, true)
  alarm.disarm(false)
  await setImmediate()
  expect(disarm).toHaveBeenCalledTimes(1)
  expect(onReady).not.toHaveBeenCalled()
})
