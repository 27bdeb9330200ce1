import {
  deferDaysMax,
  type NoActionKind,
  noActionKinds,
  outcomes,
  type ReviewOutcome,
  type WrongMatch,
} from './decision.ts'

/** What a nurse typed into the outcome form, as it came. */
export interface DecisionForm {
  readonly outcome: string
  readonly reason: string
  readonly noAction: string
  readonly deferUntil: string
  /** Rule and term of the match that was wrong, as `wrongMatchKey` writes them. */
  readonly wrongMatch: string
}

/** Nothing chosen and nothing typed. */
export const emptyDecisionForm: DecisionForm = {
  outcome: '',
  reason: '',
  noAction: '',
  deferUntil: '',
  wrongMatch: '',
}

/** A form that holds a decision. */
export interface CheckedDecision {
  readonly outcome: ReviewOutcome
  readonly reason: string
  readonly noAction: NoActionKind | null
  readonly deferUntil: string | null
  readonly wrongMatch: WrongMatch | null
}

/** One fault of a form, in the nurse's words, with the name of its field. */
export interface FieldProblem {
  readonly field: string
  readonly message: string
}

const reasonLengthMax = 4_000

/**
 * The decision a form holds, or every problem with it, in the order of its fields. `today` is an ISO day of Europe/London; `matches` are those
 * of the flag, of which one may have been wrong.
 */
export function checkDecision(
  form: DecisionForm,
  { today, matches }: { today: string; matches: readonly WrongMatch[] },
): CheckedDecision | readonly FieldProblem[] {
  const reason = form.reason.trim()
  if (!isOutcome(form.outcome)) return [{ field: 'outcome', message: 'Select an outcome' }]
  const problems: FieldProblem[] = []
  const noAction = form.outcome === 'no-action' && isNoActionKind(form.noAction) ? form.noAction : null
  if (form.outcome === 'no-action' && noAction === null) {
    problems.push({ field: 'noAction', message: 'Select why no safeguarding action is needed' })
  }
  const wrongMatch = matches.find(match => wrongMatchKey(match) === form.wrongMatch) ?? null
  if (noAction === 'wrong-match' && wrongMatch === null)
    problems.push({ field: 'wrongMatch', message: 'Select which word was matched wrongly' })
  const deferUntil = form.outcome === 'defer' ? form.deferUntil.trim() : null
  if (deferUntil !== null) problems.push(...deferProblems(deferUntil, today))
  if (reason === '') problems.push({ field: 'reason', message: reasonMissing[form.outcome] })
  if (reason.length > reasonLengthMax) {
    problems.push({
      field: 'reason',
      message: `Reason must be ${reasonLengthMax.toLocaleString('en-GB')} characters or fewer`,
    })
  }
  if (problems.length > 0) return problems
  const wrong = noAction === 'wrong-match' && wrongMatch !== null ? termOf(wrongMatch) : null
  return { outcome: form.outcome, reason, noAction, deferUntil, wrongMatch: wrong }
}

/** Of a match only which rule and which of its terms: never the words of the note. */
function termOf({ rule, term }: WrongMatch): WrongMatch {
  return { rule, term }
}

/** How a form names one match of a flag. No rule's id has a space. */
export function wrongMatchKey({ rule, term }: WrongMatch): string {
  return `${rule} ${term}`
}

/** The days to which a flag may be deferred, tomorrow first. */
export function deferDays(today: string): readonly string[] {
  const first = Temporal.PlainDate.from(today)
  return Array.from({ length: deferDaysMax }, (_, index) => first.add({ days: index + 1 }).toString())
}

const reasonMissing: Readonly<Record<ReviewOutcome, string>> = {
  'actions-complete': 'Enter which actions were completed, and where that is recorded',
  refer: 'Enter why you are referring this child',
  'more-information': 'Enter what information is needed, and from whom',
  defer: 'Enter why this is deferred',
  'no-action': 'Enter what you checked',
}

function deferProblems(deferUntil: string, today: string): FieldProblem[] {
  if (deferDays(today).includes(deferUntil)) return []
  return [{ field: 'deferUntil', message: `Select a day in the next ${deferDaysMax} days` }]
}

function isOutcome(text: string): text is ReviewOutcome {
  return Object.hasOwn(outcomes, text)
}

function isNoActionKind(text: string): text is NoActionKind {
  return Object.hasOwn(noActionKinds, text)
}
