import type { BackendReport } from './backend-report.js'
import { attempt, type Candidate } from './candidate.js'
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

  let chosen: { readonly name: string; readonly selectorClass: SelectorClass } | undefined
  const reports = candidates.map((candidate) => {
    if (named !== undefined && candidate !== named) return notTried(candidate, `SELECTORS_BACKEND is '${wanted}'`)
    if (chosen !== undefined) return notTried(candidate, `${chosen.name} was chosen`)
    const result = attempt(candidate)
    if (typeof result !== 'function') return report(candidate, result)
    chosen = { name: candidate.name, selectorClass: result }
    return report(candidate, { status: 'chosen' })
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

function notTried(candidate: Candidate, reason: string): BackendReport {
  return report(candidate, { status: 'not tried', reason })
}

function report(candidate: Candidate, outcome: Omit<BackendReport, 'name' | 'package'>): BackendReport {
  const holder = candidate.package === undefined ? {} : { package: candidate.package }
  return Object.freeze({ name: candidate.name, ...holder, ...outcome })
}
