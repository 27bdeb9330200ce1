import type { Answers, AssessmentForm } from '../referral/assessment-form.ts'

/** A referral that somebody has begun: only they see it, and nothing of it is sent. */
export interface ReferralDraft {
  /** The version of the form it was begun with. */
  readonly formVersion: string
  readonly answers: Answers
  readonly savedAt: string
}

export interface ReferralDraftStore {
  find(of: { readonly flagId: string; readonly username: string }): Promise<ReferralDraft | null>
  /** The last one saved stands. */
  save(draft: ReferralDraft & { readonly flagId: string; readonly username: string }): Promise<void>
  discard(of: { readonly flagId: string; readonly username: string }): Promise<void>
  /** Everybody's that were last saved before this ISO instant; answers how many. */
  discardBefore(instant: string): Promise<number>
}

/** Every wording of the risk assessment that was ever in use. */
export interface FormStore {
  /** Once for each version; the same one again changes nothing. */
  keep(form: AssessmentForm): Promise<void>
  version(version: string): Promise<AssessmentForm | null>
}
