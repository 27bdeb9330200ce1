import type { Answers } from '../../referral/assessment-form.ts'
import { type Prefilled, prefillReferral } from '../../referral/prefill.ts'
import { suggestServices } from '../../referral/services-directory.ts'
import { emptyDecisionForm, type FieldProblem } from '../../review/decision-form.ts'
import { decideFlag } from '../../services/decide-flag.ts'
import { phoneNow } from '../../services/list-referrals.ts'
import { openFlag } from '../../services/open-flag.ts'
import type { FlagFile } from '../../services/ports.ts'
import { previewReferral } from '../../services/preview-referral.ts'
import { type FoundDraft, findDraft, formInUse } from '../../services/referral-draft.ts'
import { readStory, routeOf } from '../../services/referral-story.ts'
import { recentTime } from '../presenters/dates.ts'
import { presentNotes } from '../presenters/notes.ts'
import { presentPayload } from '../presenters/payload.ts'
import { presentPerson } from '../presenters/person.ts'
import { answerFields, presentReferralForm, readAnswers } from '../presenters/referral-form.ts'
import type { Answer, Visit } from '../visit.ts'
import { conflictWords } from './conflict.ts'
import { flagView } from './flag-page.ts'

/** Longest reason kept beside a decision; the referral itself holds every word. */
const reasonLengthMax = 4_000

export async function showReferral(visit: Visit): Promise<Answer> {
  return referralForm(visit, { concerns: '' })
}

/** The form: the nurse's draft where she has begun one, else prefilled with what Wren knows. */
export async function referralForm(visit: Visit, typed: { concerns: string }): Promise<Answer> {
  const { actor, params, wren } = visit
  const file = await openFlag(wren.ports, { actor, flagId: params.text('id') })
  if (file === null) return { kind: 'not-found' }
  const isMine = file.flag.state === 'in-review' && file.flag.claimedBy === actor.username
  if (!isMine || routeOf(file, wren.ports).kind === 'none') {
    if (typed.concerns === '') return { kind: 'redirect', to: `/flags/${file.flag.id}` }
    const form = { ...emptyDecisionForm, outcome: 'refer', reason: typed.concerns }
    return flagView(visit, { file, form, conflict: await conflictWords(visit, file) })
  }
  const draft = await findDraft(wren.ports, { flagId: file.flag.id, username: actor.username })
  const prefilled = prefillReferral(wren.ports.partnership.form, await readStory(wren.ports.review, file))
  const begun = draft === null ? prefilled.answers : draft.answers
  const concerns = begun.concerns ?? ''
  const answers = { ...begun, concerns: concerns === '' ? typed.concerns : concerns }
  return formView(visit, { file, answers, problems: [], version: file.flag.version, draft })
}

/** The form again, with what was typed, from the page on which it is read once more. */
export async function editReferral(visit: Visit): Promise<Answer> {
  const { actor, params, form, wren } = visit
  const file = await openFlag(wren.ports, { actor, flagId: params.text('id') })
  if (file === null) return { kind: 'not-found' }
  return formView(visit, { file, ...posted(visit), problems: [], version: form.number('version', 0) })
}

/** What would be sent, to be read before it is authorised. */
export async function checkReferral(visit: Visit): Promise<Answer> {
  const { actor, params, form, wren } = visit
  const { answers, formVersion } = posted(visit)
  const flagId = params.text('id')
  const version = form.number('version', 0)
  const inUse = await formInUse(wren.ports, formVersion)
  const previewed = await previewReferral(wren.ports, { actor, flagId, form: inUse, answers })
  switch (previewed.kind) {
    case 'not-found':
      return { kind: 'not-found' }
    case 'no-route':
      return flagView(visit, { file: previewed.file })
    case 'invalid':
      return formView(visit, {
        ...{ file: previewed.file, answers, formVersion, version },
        problems: previewed.problems,
      })
    case 'ready': {
      const route = routeOf(previewed.file, wren.ports)
      return {
        kind: 'page',
        view: 'referral-check.njk',
        title: 'Check the referral',
        context: {
          flag: { id: flagId, version },
          person: presentPerson(previewed.file.attendance),
          payload: presentPayload(previewed.referral),
          fields: [...answerFields(answers), { name: 'formVersion', value: inUse.version }],
          phone: wren.settings.phoneFallback ?? phoneNow(wren.ports),
          alerts: route.alerts,
          replaces: previewed.file.referrals.length > 0,
        },
      }
    }
    default:
      throw new Error(`no page for preview ${previewed satisfies never}`)
  }
}

/** A named nurse authorises it: decision, referral and its place in the queue are saved together. */
export async function authoriseReferral(visit: Visit): Promise<Answer> {
  const { actor, params, form, wren } = visit
  const flagId = params.text('id')
  const { answers, formVersion } = posted(visit)
  const reason = (answers.concerns ?? '').trim().slice(0, reasonLengthMax)
  if (reason === '') return checkReferral(visit)
  const decided = await decideFlag(
    { ...wren.ports, newId: wren.newId },
    {
      actor,
      flagId,
      version: form.number('version', 0),
      referral: { form: await formInUse(wren.ports, formVersion), answers },
      form: { ...emptyDecisionForm, outcome: 'refer', reason },
    },
  )
  if (decided.kind === 'saved') {
    await wren.ports.referralDrafts.discard({ flagId, username: actor.username })
    await wren.ports.drafts.discard({ flagId, username: actor.username })
    wren.hooks.onDecision('refer')
    return { kind: 'redirect', to: `/flags/${flagId}/referral/authorised` }
  }
  const file = await openFlag(wren.ports, { actor, flagId })
  if (file === null) return { kind: 'not-found' }
  if (decided.kind === 'invalid') {
    const version = file.flag.version
    return formView(visit, { file, answers, formVersion, problems: decided.problems, version })
  }
  const kept = { ...emptyDecisionForm, outcome: 'refer', reason }
  return flagView(visit, { file, form: kept, conflict: await conflictWords(visit, file) })
}

export interface FormViewing {
  readonly file: FlagFile
  readonly answers: Answers
  readonly problems: readonly FieldProblem[]
  readonly version: number
  /** Of the form that was filled in; the one in use unless given. */
  readonly formVersion?: string
  readonly draft?: FoundDraft | null
}

export async function formView({ actor, wren }: Visit, viewing: FormViewing): Promise<Answer> {
  const { file, answers, problems, version, draft = null } = viewing
  const { ports, settings } = wren
  const form = draft?.form ?? (await formInUse(ports, viewing.formVersion ?? ''))
  const route = routeOf(file, ports)
  const prefilled: Prefilled = prefillReferral(form, await readStory(ports.review, file))
  const services = suggestServices(ports.partnership.services, {
    home: route.home,
    age: file.attendance.ageOnArrival,
    themes: file.mentions.filter(({ standing }) => standing !== 'set-aside').map(({ theme }) => theme),
  })
  return {
    kind: 'page',
    view: 'referral-form.njk',
    title: 'Refer this child',
    status: problems.length > 0 ? 422 : 200,
    context: {
      flag: { id: file.flag.id, version },
      person: presentPerson(file.attendance),
      route: route.because,
      notes: presentNotes(file.attendance, file.mentions),
      alerts: route.alerts,
      form: presentReferralForm({ form, answers, prefilled, route, services }),
      formTitle: form.title,
      formVersion: form.version,
      isLead: actor.role === 'lead',
      draftSaved: draft === null ? null : recentTime(draft.savedAt, ports.clock.now().toString()),
      isOldForm: form.version !== ports.partnership.form.version,
      phone: settings.phoneFallback ?? phoneNow(ports),
      problems,
    },
  }
}

function posted({ form }: Visit): { readonly answers: Answers; readonly formVersion: string } {
  return { answers: readAnswers(form.all()), formVersion: form.text('formVersion') }
}
