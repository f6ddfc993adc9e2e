import type { BackendReport } from './backend-report.js'
import { attempt, type Candidate, type Refusal } from './candidate.js'
import { findCandidate } from './named-backend.js'
import { finalCandidates } from './register-backend.js'
import type { SelectorClass } from './selector-class.js'
import { unavailableSelector } from './unavailable-selector.js'
import { wantedBackend } from './wanted-backend.js'

/** The class to use, and how it came to be. */
interface Choice {
  readonly selectorClass: SelectorClass
  readonly reports: readonly BackendReport[]
}

/** Tries the candidates in turn, or only the one that `SELECTORS_BACKEND` names: no other stands in for it. Never throws. */
export function choose(): Choice {
  const all = finalCandidates()
  const wanted = wantedBackend()
  const named = wanted === undefined ? undefined : findCandidate(wanted, all)
  const candidates = named === undefined || all.includes(named) ? all : [named, ...all]

  const refusals = new Map<Candidate, Refusal>()
  const chosen = firstUsable(named === undefined ? inTurn(all) : [named], refusals)
  const reports = candidates.map((candidate) => {
    if (candidate === chosen?.candidate) return report(candidate, { status: 'chosen' })
    const reason = named === undefined ? `${chosen?.candidate.name} was chosen` : `SELECTORS_BACKEND is '${wanted}'`
    return report(candidate, refusals.get(candidate) ?? { status: 'not tried', reason })
  })
  const selectorClass =
    chosen?.selectorClass ??
    unavailableSelector(
      named === undefined
        ? `No backend is usable on ${process.platform}-${process.arch}`
        : `SELECTORS_BACKEND is '${wanted}', which is not usable here, and no other is tried in its place`,
      reports.filter(({ status }) => status !== 'not tried'),
    )
  return { selectorClass, reports: Object.freeze(reports) }
}

/** Those for other systems come last: they are installed everywhere, and need not be loaded where they cannot work. */
function inTurn(candidates: readonly Candidate[]): Candidate[] {
  const isForeign = (candidate: Candidate) => candidate.isForeign === true
  return [...candidates.filter((candidate) => !isForeign(candidate)), ...candidates.filter(isForeign)]
}

function firstUsable(candidates: readonly Candidate[], refusals: Map<Candidate, Refusal>) {
  for (const candidate of candidates) {
    const result = attempt(candidate)
    if (typeof result === 'function') return { candidate, selectorClass: result }
    refusals.set(candidate, result)
  }
  return undefined
}

function report(candidate: Candidate, outcome: Omit<BackendReport, 'name' | 'package'>): BackendReport {
  const holder = candidate.package === undefined ? {} : { package: candidate.package }
  return Object.freeze({ name: candidate.name, ...holder, ...outcome })
}
