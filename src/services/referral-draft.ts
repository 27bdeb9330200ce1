import type { Answers, AssessmentForm } from '../referral/assessment-form.ts'
import type { Partnership } from '../referral/partnership.ts'
import type { Actor } from './actor.ts'
import type { Clock } from './ports.ts'
import type { FormStore, ReferralDraftStore } from './referral-draft-port.ts'

/** Longest draft kept, in characters of all answers: more than any referral may have. */
const draftLengthMax = 500_000

export interface FoundDraft {
  readonly form: AssessmentForm
  readonly answers: Answers
  readonly savedAt: string
}

/** What somebody has begun, with the form in the wording it was begun with. */
export async function findDraft(
  ports: {
    readonly referralDrafts: ReferralDraftStore
    readonly forms: FormStore
    readonly partnership: Partnership
  },
  of: { readonly flagId: string; readonly username: string },
): Promise<FoundDraft | null> {
  const draft = await ports.referralDrafts.find(of)
  if (draft === null) return null
  return { ...draft, form: await formInUse(ports, draft.formVersion) }
}

/** The form of that version; the one in use where it is not known. */
export async function formInUse(
  { forms, partnership }: { readonly forms: FormStore; readonly partnership: Partnership },
  version: string,
): Promise<AssessmentForm> {
  if (version === '' || version === partnership.form.version) return partnership.form
  return (await forms.version(version)) ?? partnership.form
}

/** Saves what is typed so far, for the same user only. Nothing is checked: it is a draft. */
export async function saveDraft(
  ports: {
    readonly referralDrafts: ReferralDraftStore
    readonly forms: FormStore
    readonly partnership: Partnership
    readonly clock: Clock
  },
  typed: {
    readonly actor: Actor
    readonly flagId: string
    readonly formVersion: string
    readonly answers: Answers
  },
): Promise<'saved' | 'too-long'> {
  const { actor, flagId, formVersion, answers } = typed
  const length = Object.values(answers).reduce((sum, text) => sum + text.length, 0)
  if (length > draftLengthMax) return 'too-long'
  const form = await formInUse(ports, formVersion)
  await ports.forms.keep(form)
  await ports.referralDrafts.save({
    ...{ flagId, username: actor.username, answers },
    formVersion: form.version,
    savedAt: ports.clock.now().toString(),
  })
  return 'saved'
}
