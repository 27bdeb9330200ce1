import type { ChecklistLine } from '../review/checklist.ts'
import type { AuditEntry } from './people.ts'
import type { Saved } from './ports.ts'

/** Somebody put a flag off for now. */
export interface Skip {
  readonly by: string
  readonly at: string
}

/** To whom a flag was handed: a user name, or everybody of a role as `team:lead`. */
export interface HandOver {
  readonly to: string
  readonly by: string
  readonly at: string
  readonly note: string
}

/** A flag that a nurse has claimed. */
export interface HeldFlag {
  readonly flagId: string
  readonly version: number
}

/** One change of a flag by a person, over the version that she saw. */
interface Act {
  readonly flagId: string
  readonly version: number
  readonly at: string
  readonly audit: AuditEntry
}

/** The work on flags between their states: who has them, who put them off, who gave them to whom. */
export interface ReviewWorkStore {
  /** The holder of claims is at work: none of them lapses for a while. */
  touch(holder: { readonly who: string; readonly at: string }): Promise<void>
  /** Gives back every claim untouched since `idleSince`. Answers how many. */
  lapse(lapsing: { readonly idleSince: string; readonly at: string }): Promise<number>
  /** Gives back all that a nurse has, as at her sign-out. */
  releaseAll(releasing: { readonly who: string; readonly audit: Omit<AuditEntry, 'what'> }): Promise<number>
  heldBy(who: string): Promise<readonly HeldFlag[]>
  /**
   * The flags to review next, for this person: those whose deferral ended, then those handed to her, then by band and
   * arrival. What was skipped comes after all others, what was handed to somebody else last of all.
   */
  next(query: {
    readonly who: string
    readonly role: string
    readonly limit: number
  }): Promise<readonly HeldFlag[]>
  skip(act: Act): Promise<Saved>
  handOver(act: Act & { readonly to: string; readonly note: string }): Promise<Saved>
  /** Saves lines of the checklist on a flag under review, or one whose actions are open. */
  recordActions(act: Act & { readonly lines: readonly ChecklistLine[] }): Promise<Saved>
  /** Takes the latest decision back: it stays to be read, and its flag is in review with this person. */
  takeBack(act: Act & { readonly decisionId: string }): Promise<Saved>
  /** Who opened each of these flags since then, the latest time of each person. */
  viewers(query: {
    readonly flagIds: readonly string[]
    readonly since: string
  }): Promise<readonly { readonly flagId: string; readonly who: string; readonly at: string }[]>
}
