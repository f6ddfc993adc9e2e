import { ValueError } from '../contract/errors.js'
import { checkWakeHandle, type Wake } from '../contract/wake-handle.js'
import { bindingOf, type NativeBackend } from './native-binding.js'

/** Makes the function that a backend exports as `wake`. */
export function nativeWake(backend: NativeBackend): Wake {
  return (handle) => {
    const { backend: owner, token } = checkWakeHandle(handle)
    if (owner !== backend.package) {
      throw new ValueError(`A wake handle of ${owner}: use the wake() of that package, or of @selectors/default`)
    }
    const binding = bindingOf(backend)
    binding.token[0] = token
    binding.wakePublished()
    return binding.answer[0] === 1
  }
}
