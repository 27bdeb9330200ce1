import type { TypedChecklist } from '../../review/checklist.ts'
import { type DecisionForm, emptyDecisionForm, type FieldProblem } from '../../review/decision-form.ts'
import { bandLabels } from '../../review/flag.ts'
import { isOverdue } from '../../review/review-day.ts'
import { afterMove } from '../../review/review-state.ts'
import { listRecipients } from '../../services/hand-over.ts'
import { viewingMs } from '../../services/list-queue.ts'
import { phoneNow } from '../../services/list-referrals.ts'
import { namePeople } from '../../services/name-people.ts'
import { openFlag } from '../../services/open-flag.ts'
import type { FlagFile } from '../../services/ports.ts'
import { routeOf } from '../../services/referral-story.ts'
import type { ReviewDraft } from '../../services/review-draft-port.ts'
import { suggestHousehold } from '../../services/suggest-household.ts'
import { standingDecision } from '../../services/take-back.ts'
import type { ReplacedVersion } from '../../services/version-port.ts'
import { Fields } from '../fields.ts'
import { alertNames } from '../presenters/alerts.ts'
import { presentAtSource } from '../presenters/at-source.ts'
import { presentAnswers, presentChecklist } from '../presenters/checklist.ts'
import { dayAndTime, dayOf, figure, recentTime, timeSince } from '../presenters/dates.ts'
import { presentDecisions } from '../presenters/decisions.ts'
import { presentEarlier } from '../presenters/earlier.ts'
import { presentFoundLate } from '../presenters/found-late.ts'
import { presentHistory } from '../presenters/history.ts'
import { presentHousehold } from '../presenters/household.ts'
import { capital, presentMentions, presentWithdrawn } from '../presenters/mentions.ts'
import { presentNotes } from '../presenters/notes.ts'
import { presentPerson } from '../presenters/person.ts'
import { presentPrompts } from '../presenters/prompts.ts'
import { siteName } from '../presenters/queue.ts'
import { presentReferrals } from '../presenters/referrals.ts'
import { presentDecisionForm, presentPanel } from '../presenters/review-panel.ts'
import { shown } from '../presenters/shown-text.ts'
import { presentChanges, presentVersions } from '../presenters/versions.ts'
import { presentRecipients, presentViewers, presentWork } from '../presenters/work.ts'
import type { WebPorts } from '../settings.ts'
import type { Answer, Visit } from '../visit.ts'
import { readReview } from './read-review-form.ts'

/** Everything held about one attendance, and what can be done with it. */
export async function showFlag(visit: Visit): Promise<Answer> {
  const { actor, params, wren } = visit
  const file = await openFlag(wren.ports, { actor, flagId: params.text('id') })
  return file === null ? { kind: 'not-found' } : flagView(visit, { file })
}

/** What is added to the page after a form that was not saved. */
export interface FlagViewing {
  readonly file: FlagFile
  readonly form?: DecisionForm
  readonly checklist?: TypedChecklist
  readonly override?: string
  readonly problems?: readonly FieldProblem[]
  /** Somebody changed the flag while the nurse was writing: what was done, and by whom. */
  readonly conflict?: string
  /** What was typed into the other forms of the page, by the names of their fields. */
  readonly kept?: Readonly<Record<string, string>>
}

export async function flagView({ actor, wren }: Visit, viewing: FlagViewing): Promise<Answer> {
  const { file, problems = [], conflict = null, kept = {} } = viewing
  const draft = await wren.ports.drafts.find({ flagId: file.flag.id, username: actor.username })
  const typed = typedIn(viewing, draft)
  const { flag, attendance, mentions } = file
  const { ports, settings } = wren
  const [people, late] = await Promise.all([namePeople(ports.accounts), ports.replays.foundLate([flag.id])])
  const now = ports.clock.now().toString()
  const isWaiting = flag.state === 'to-review' || flag.state === 'in-review'
  const look = { me: actor.username, people, now, today: dayOf(now) }
  const panel = presentPanel(file, look)
  const [recipients, viewers, household, place] = await Promise.all([
    listRecipients(ports.accounts, actor),
    viewersOf(wren, flag.id),
    suggestHousehold(ports.timelines, attendance),
    panel.kind === 'decide' ? placeOf(wren, look.today) : null,
  ])
  return {
    kind: 'page',
    view: 'flag.njk',
    title: place === null ? 'Attendance' : `${place} – Attendance`,
    status: problems.length > 0 ? 422 : conflict === null ? 200 : 409,
    context: {
      flag: { id: flag.id, version: flag.version, band: bandLabels[flag.priority] },
      person: presentPerson(attendance),
      visit: presentVisit(file, settings.siteNames),
      prompts: presentPrompts(attendance, { others: file.earlier.map(({ arrivedAt }) => arrivedAt), now }),
      alerts: attendance.alerts.map(alert => alertNames[alert]),
      notes: presentNotes(attendance, mentions),
      partsUnread: attendance.partsUnread.map(shown),
      mentions: presentMentions(attendance, mentions),
      withdrawn: presentWithdrawn(file.withdrawn),
      atSource: presentAtSource(file),
      clearSince: file.clearSince === null ? null : dayAndTime(file.clearSince),
      because: [...flag.because, ...(flag.repeated === null ? [] : [flag.repeated])].map(reason =>
        capital(shown(reason)),
      ),
      foundLate: presentFoundLate(late.get(flag.id) ?? []),
      raised: dayAndTime(flag.raisedAt),
      waiting: isWaiting ? timeSince(flag.raisedAt, now) : null,
      isOverdue: isWaiting && isOverdue(flag, dayOf(now)),
      rulesetVersion: file.rulesetVersion,
      codes: attendance.codes.map(code => ({
        system: code.system === 'icd10' ? 'ICD-10' : 'SNOMED CT',
        code: shown(code.code),
        name: shown(code.display ?? 'Name not recorded'),
      })),
      earlier: presentEarlier(file.earlier, settings.siteNames),
      household: presentHousehold(household, settings.siteNames),
      history: presentHistory(file.history, people),
      decisions: presentDecisions(file.decisions, look),
      canChange: standingDecision(file) !== null && afterMove(flag.state, 'takeBack') !== null,
      referrals: presentReferrals(file.referrals, people),
      phone: settings.phoneFallback ?? phoneNow(ports),
      panel,
      place,
      form: presentDecisionForm(typed.form, { now, mentions }),
      checklist: presentChecklist(file.checklist, typed.checklist, look),
      isUpdated: flag.reopened,
      isActionsOpen: flag.state === 'actions-open',
      answers: presentAnswers(file.checklist, look),
      isLead: actor.role === 'lead',
      override: typed.override,
      draft:
        draft === null
          ? null
          : { at: recentTime(draft.savedAt, now), reason: shown(draft.fields.reason ?? '') },
      username: actor.username,
      ...presentText(file, await ports.versions.versionsOf(flag)),
      recipients: presentRecipients(recipients),
      viewers: presentViewers(
        viewers.filter(({ who }) => who !== actor.username && who !== flag.claimedBy),
        look,
      ),
      work: presentWork(file, look),
      noRoute: noRouteOf(file, ports),
      problems,
      conflict,
      kept,
    },
  }
}

/** What stands in the form: what came with it and was not saved, else what the nurse typed before she left. */
function typedIn({ form, checklist, override }: FlagViewing, draft: ReviewDraft | null) {
  if (form !== undefined) return { form, checklist: checklist ?? null, override: override ?? '' }
  return draft === null
    ? { form: emptyDecisionForm, checklist: null, override: '' }
    : withStored(readReview(new Fields(draft.fields)))
}

/** A draft that has no line of the checklist changes none. */
function withStored({ form, checklist, override }: ReturnType<typeof readReview>) {
  const hasLines = checklist.restReason !== '' || checklist.lines.some(({ answer }) => answer !== '')
  return { form, checklist: hasLines ? checklist : null, override }
}

function presentText(file: FlagFile, versions: readonly ReplacedVersion[]) {
  return { changes: presentChanges(file, versions), versions: presentVersions(file, versions) }
}

function presentVisit({ attendance }: FlagFile, siteNames: Readonly<Record<string, string>>) {
  const { arrivedAt, departedAt, department, disposal, leftBeforeSeen } = attendance
  return {
    site: siteName(attendance.site, siteNames),
    department: department === null ? null : shown(department),
    arrived: arrivedAt === null ? 'Arrival not recorded' : dayAndTime(arrivedAt),
    departed: departedAt === null ? 'Not recorded' : dayAndTime(departedAt),
    disposal: disposal === null ? 'Not recorded' : capital(shown(disposal)),
    leftBeforeSeen,
    number: shown(attendance.attendanceId),
  }
}

/** Why "Refer now" leads nowhere; null where it does. */
function noRouteOf(file: FlagFile, ports: WebPorts): string | null {
  const route = routeOf(file, ports)
  return route.kind === 'none' ? route.because : null
}

/** "7 of 19": which of the day's attendances this one is, with those that were reviewed already. */
async function placeOf({ ports }: Visit['wren'], today: string): Promise<string> {
  const [reviewed, counts] = await Promise.all([
    ports.review.countReviewed(today),
    ports.review.countByState(),
  ])
  return `${figure(reviewed + 1)} of ${figure(reviewed + counts['to-review'] + counts['in-review'])}`
}

async function viewersOf({ ports }: Visit['wren'], flagId: string) {
  const since = ports.clock.now().subtract({ milliseconds: viewingMs }).toString()
  return ports.work.viewers({ flagIds: [flagId], since })
}
