/** Somebody who does a case's work. */
export interface Contender {
  readonly name: string
  /** Starts what does the work, in a process of its own. */
  start(): Promise<Run>
}

/** A contender at work. */
export interface Run {
  /** Works for about so many seconds; returns the cost of a pass, in the case's unit. */
  measure(seconds: number): Promise<number>
  stop(): Promise<void>
}

/** A cost to look at, and what it is to be. */
export interface Goal {
  readonly contender: string
  /** Relative to whose cost in the same round; left out where it is looked at by itself. */
  readonly baseline?: string
  /** At most this; left out where it only explains others. */
  readonly most?: number
}

/** The same work done by several contenders. */
export interface Measurement {
  /** What distinguishes it within its case, such as `epoll, 10 of 100 ready`. */
  readonly name: string
  /** How many descriptors it has, where costs are drawn against that. */
  readonly size?: number
  /** How many operations a pass consists of. 1 when left out. */
  readonly operations?: number
  readonly contenders: readonly Contender[]
  readonly goals?: readonly Goal[]
}

export type Unit = 'ns' | 'bytes' | '%'

export interface Means {
  /** Packages of others may be installed. */
  readonly install: boolean
  /** A first impression is enough: the fewer measurements, the better. */
  readonly brief: boolean
}

/** A kind of work. Each case is a file in ../cases. */
export interface Case {
  /** In one word, which the command line takes. */
  readonly name: string
  readonly title: string
  /** What a cost is the cost of, such as `select(0)`. */
  readonly operation: string
  readonly unit: Unit
  /** Its turns are so long, whatever is asked for, that fewer rounds have to do. */
  readonly slow?: boolean
  /** Prepares what the contenders need. None where the tools for it are missing. */
  measurements(means: Means): readonly Measurement[]
}
