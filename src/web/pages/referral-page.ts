import { completeForm } from '../../referral/check-form.ts'
import { prefillReferral } from '../../referral/prefill.ts'
import { type ReferralDraft, readDraft } from '../../referral/referral-draft.ts'
import { addressCaution, routeReferral } from '../../referral/routing.ts'
import { emptyDecisionForm, type FieldProblem } from '../../review/decision-form.ts'
import { decideFlag } from '../../services/decide-flag.ts'
import { openFlag } from '../../services/open-flag.ts'
import type { FlagFile } from '../../services/ports.ts'
import { previewReferral } from '../../services/preview-referral.ts'
import { presentPayload } from '../presenters/payload.ts'
import { presentPerson } from '../presenters/person.ts'
import { draftFields, presentReferralForm } from '../presenters/referral-form.ts'
import type { Answer, Visit } from '../visit.ts'
import { conflictWords } from './conflict.ts'
import { flagView } from './flag-page.ts'

/** Longest reason kept beside a decision; the referral itself holds every word. */
const reasonLengthMax = 4_000

export async function showReferral(visit: Visit): Promise<Answer> {
  return referralForm(visit, { concerns: '' })
}

/** The form, prefilled. Nothing of it is kept until it is authorised: it travels from page to page. */
export async function referralForm(visit: Visit, typed: { concerns: string }): Promise<Answer> {
  const { actor, params, wren } = visit
  const file = await openFlag(wren.ports, { actor, flagId: params.text('id') })
  if (file === null) return { kind: 'not-found' }
  const isMine = file.flag.state === 'in-review' && file.flag.claimedBy === actor.username
  if (!isMine || routeReferral(file.attendance).kind === 'not-get-safe') {
    if (typed.concerns === '') return { kind: 'redirect', to: `/flags/${file.flag.id}` }
    const form = { ...emptyDecisionForm, outcome: 'refer', reason: typed.concerns }
    return flagView(visit, { file, form, conflict: await conflictWords(visit, file) })
  }
  const { attendance, mentions, decisions } = file
  const draft = { ...prefillReferral({ attendance, mentions, decisions }), concerns: typed.concerns }
  return formView(file, { draft, problems: [], version: file.flag.version })
}

/** The form again, with what was typed, from the page on which it is read once more. */
export async function editReferral({ actor, params, form, wren }: Visit): Promise<Answer> {
  const file = await openFlag(wren.ports, { actor, flagId: params.text('id') })
  if (file === null) return { kind: 'not-found' }
  return formView(file, { draft: readDraft(form.all()), problems: [], version: form.number('version', 0) })
}

/** What would be sent, to be read before it is authorised. */
export async function checkReferral(visit: Visit): Promise<Answer> {
  const { actor, params, form, wren } = visit
  const draft = readDraft(form.all())
  const version = form.number('version', 0)
  const previewed = await previewReferral(wren.ports, { actor, flagId: params.text('id'), draft })
  switch (previewed.kind) {
    case 'not-found':
      return { kind: 'not-found' }
    case 'no-route':
      return flagView(visit, { file: previewed.file })
    case 'invalid':
      return formView(previewed.file, { draft, problems: previewed.problems, version })
    case 'ready':
      return {
        kind: 'page',
        view: 'referral-check.njk',
        title: 'Check the referral',
        context: {
          flag: { id: previewed.file.flag.id, version },
          person: presentPerson(previewed.file.attendance),
          payload: presentPayload(previewed.body),
          fields: draftFields(draft),
          phone: wren.settings.phoneFallback,
        },
      }
    default:
      throw new Error(`no page for preview ${previewed satisfies never}`)
  }
}

/** A named nurse authorises it: decision, referral and its place in the queue are saved together. */
export async function authoriseReferral(visit: Visit): Promise<Answer> {
  const { actor, params, form, wren } = visit
  const flagId = params.text('id')
  const draft = readDraft(form.all())
  const referral = completeForm(draft)
  if (referral === null) return checkReferral(visit)
  const reason = referral.concerns.trim().slice(0, reasonLengthMax)
  const decided = await decideFlag(
    { ...wren.ports, newId: wren.newId },
    {
      actor,
      flagId,
      version: form.number('version', 0),
      referral,
      form: { ...emptyDecisionForm, outcome: 'refer', reason },
    },
  )
  if (decided.kind === 'saved') {
    wren.hooks.onDecision('refer')
    return { kind: 'redirect', to: `/flags/${flagId}/referral/authorised` }
  }
  const file = await openFlag(wren.ports, { actor, flagId })
  if (file === null) return { kind: 'not-found' }
  if (decided.kind === 'invalid') {
    return formView(file, { draft, problems: decided.problems, version: file.flag.version })
  }
  const kept = { ...emptyDecisionForm, outcome: 'refer', reason: draft.concerns }
  return flagView(visit, { file, form: kept, conflict: await conflictWords(visit, file) })
}

export function formView(
  file: FlagFile,
  { draft, problems, version }: { draft: ReferralDraft; problems: readonly FieldProblem[]; version: number },
): Answer {
  return {
    kind: 'page',
    view: 'referral-form.njk',
    title: 'Refer to GET SAFE',
    status: problems.length > 0 ? 422 : 200,
    context: {
      flag: { id: file.flag.id, version },
      person: presentPerson(file.attendance),
      route: routeReferral(file.attendance).because,
      addressCaution,
      form: presentReferralForm(draft),
      problems,
    },
  }
}
