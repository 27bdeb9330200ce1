import type { CueKind } from './rule.ts'

/** A phrase that changes how matches are read, and how far it reaches. */
export interface Cue {
  readonly kind: CueKind
  readonly say: readonly string[]
  /** `forward` covers what follows the cue, `backward` what stands before it. */
  readonly direction: 'forward' | 'backward' | 'both'
  /** Words, 1 to 12. */
  readonly reach: number
  /** Ends the scope, beside the sheet's terminators. */
  readonly until: readonly string[]
  /** True: a cue only before a stop or a line end. */
  readonly alone: boolean
}

/** The contents of `cues.yaml`. */
export interface CueSheet {
  readonly cues: readonly Cue[]
  readonly terminators: readonly string[]
  /** By these the writer repeats what somebody says: an absence told so is that person's denial. */
  readonly said: readonly string[]
  /** Look like cues, and are none. */
  readonly pseudo: readonly string[]
}
