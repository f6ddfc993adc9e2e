import { describeGroup, type Group } from './fixture.js'
import { anyDescriptor } from './groups/any-descriptor.js'
import { asynchronous } from './groups/asynchronous.js'
import { badInput } from './groups/bad-input.js'
import { blocking } from './groups/blocking.js'
import { close } from './groups/close.js'
import { descriptors } from './groups/descriptors.js'
import { edgeTriggered } from './groups/edge-triggered.js'
import { eventLoop } from './groups/event-loop.js'
import { exclusive } from './groups/exclusive.js'
import { fileObjects } from './groups/file-objects.js'
import { files } from './groups/files.js'
import { getKey, identity } from './groups/get-key.js'
import { getMap } from './groups/get-map.js'
import { hangUp } from './groups/hang-up.js'
import { hangUpEvents } from './groups/hang-up-events.js'
import { idleness } from './groups/idleness.js'
import { iteration } from './groups/iteration.js'
import { leaks } from './groups/leaks.js'
import { leftovers } from './groups/leftovers.js'
import { lettingGo } from './groups/letting-go.js'
import { modify } from './groups/modify.js'
import { oneShot } from './groups/one-shot.js'
import { priority } from './groups/priority.js'
import { queue } from './groups/queue.js'
import { readiness } from './groups/readiness.js'
import { readyIteration } from './groups/ready-iteration.js'
import { reentrance } from './groups/reentrance.js'
import { register } from './groups/register.js'
import { repertoire } from './groups/repertoire.js'
import { select } from './groups/select.js'
import { several } from './groups/several.js'
import { signals } from './groups/signals.js'
import { specialFiles } from './groups/special-files.js'
import { threads } from './groups/threads.js'
import { thrown } from './groups/thrown.js'
import { timeouts } from './groups/timeouts.js'
import { unregister } from './groups/unregister.js'
import { waking } from './groups/waking.js'
import type { Pair, Runner, Subject } from './subject.js'

/** Over every kind of file object. */
const onEachPair: Readonly<Record<string, Group>> = {
  'register()': register,
  'unregister()': unregister,
  'modify()': modify,
  'select()': select,
  'getKey()': getKey,
  'getMap()': getMap,
  'close()': close,
  'file objects': fileObjects,
  'key identity': identity,
  iteration,
  're-entrance': reentrance,
  readiness,
  'hang-ups': hangUp,
  'events and modes': repertoire,
  'events of a hang-up': hangUpEvents,
  priority,
  'one-shot': oneShot,
  'edge-triggered': edgeTriggered,
  exclusive,
  several,
  descriptors,
  'letting go': lettingGo,
  timeouts,
  blocking,
  'selectAsync()': asynchronous,
  'for await': readyIteration,
  leftovers,
}

/** Over the first kind only: the file object makes no difference. */
const once: Readonly<Record<string, Group>> = {
  'bad input': badInput,
  'any descriptor': anyDescriptor,
  'the queue': queue,
  files,
  'special files': specialFiles,
  signals,
  threads,
  idleness,
  'wake-up': waking,
  'the event loop': eventLoop,
  'what is thrown': thrown,
  leaks,
}

/**
 * Tests that a selector class keeps the contract of `BaseSelector`, as far as its `supports` promises it.
 *
 * With jest (or vitest or mocha, whose functions are the same):
 *
 * ```ts
 * import { conformance } from '@selectors/core/conformance'
 * import { pipe, tcpPair, unixPair } from '@selectors/socket/pairs'
 * import { MySelector } from 'my-selector'
 *
 * conformance(
 *   {
 *     name: 'MySelector',
 *     create: (options) => new MySelector(options),
 *     pairs: [pipe, unixPair, tcpPair],
 *     supports: MySelector.supports,
 *     module: require.resolve('my-selector'),
 *   },
 *   { describe, it, beforeEach, afterEach },
 * )
 * ```
 *
 * With `node --test` the runner is the module: `conformance(subject, require('node:test'))`.
 *
 * No test takes longer than four seconds, and all of them take some fifteen; mocha needs `--timeout 5000`. Nothing else
 * may run beside them in the same process: they compare descriptor numbers and processor time.
 *
 * A run always ends: see `limit` of {@link Subject}.
 */
export function conformance(subject: Subject, runner: Runner): void {
  const { describe } = runner
  const addGroups = (groups: Readonly<Record<string, Group>>, pair: Pair) => {
    for (const [name, group] of Object.entries(groups)) describeGroup(name, group, subject, pair, runner)
  }
  describe(subject.name, () => {
    for (const pair of subject.pairs) describe(`on a ${pair.name}`, () => addGroups(onEachPair, pair))
    const [first] = subject.pairs
    if (first === undefined) throw new TypeError('The suite needs a kind of file objects: pairs is empty')
    addGroups(once, first)
  })
}
