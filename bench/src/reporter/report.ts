import { arch, cpus, release, type } from 'node:os'
import type { Case, Unit } from '../runner/case.js'
import type { Effort, Outcome } from '../runner/rounds.js'

/** All that a run of the benchmark found out; what results.json holds. */
export interface Report {
  readonly machine: Machine
  readonly effort: Effort
  /** What could not be measured, and why. */
  readonly missing: readonly string[]
  readonly cases: readonly CaseReport[]
}

export interface CaseReport {
  readonly name: string
  readonly title: string
  readonly operation: string
  readonly unit: Unit
  readonly outcomes: readonly Outcome[]
}

export interface Machine {
  readonly system: string
  readonly processors: string
  readonly node: string
  readonly python?: string | undefined
  readonly compiler: string
}

export function machineOf(versions: { python?: string | undefined; compiler: string }): Machine {
  return {
    system: `${type()} ${release()} ${arch()}`,
    processors: `${cpus().length} x ${cpus()[0]?.model.trim()}`,
    node: process.version,
    ...versions,
  }
}

export function caseReport({ name, title, operation, unit }: Case, outcomes: readonly Outcome[]): CaseReport {
  return { name, title, operation, unit, outcomes }
}
