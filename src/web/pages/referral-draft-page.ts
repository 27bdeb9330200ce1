import { saveDraft } from '../../services/referral-draft.ts'
import { readAnswers } from '../presenters/referral-form.ts'
import type { Answer, Visit } from '../visit.ts'

/** Keeps what is typed so far: by the script as somebody types, or by the button. */
export async function keepDraft({ actor, params, form, wren }: Visit): Promise<Answer> {
  const flagId = params.text('id')
  const file = await wren.ports.review.flagFile(flagId)
  if (file === null) return { kind: 'not-found' }
  const saved = await saveDraft(wren.ports, {
    actor,
    flagId,
    formVersion: form.text('formVersion'),
    answers: readAnswers(form.all()),
  })
  const text =
    saved === 'saved'
      ? 'Your draft is kept. Only you see it, until you authorise the referral.'
      : 'Your draft is too long to keep. Shorten it, or authorise it now.'
  const tone = saved === 'saved' ? 'success' : 'information'
  return { kind: 'redirect', to: `/flags/${flagId}`, notice: { tone, text } }
}

/** As `keepDraft`, for the script: it stays on the page, and needs no page in answer. */
export async function keepDraftQuietly(visit: Visit): Promise<Answer> {
  const kept = await keepDraft(visit)
  return kept.kind === 'redirect' ? { kind: 'done' } : kept
}

export async function discardDraft({ actor, params, wren }: Visit): Promise<Answer> {
  const flagId = params.text('id')
  await wren.ports.referralDrafts.discard({ flagId, username: actor.username })
  return { kind: 'redirect', to: `/flags/${flagId}/referral` }
}
