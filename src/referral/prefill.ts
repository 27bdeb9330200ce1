import type { Attendance } from '../attendance/attendance.ts'
import { type Decision, outcomes } from '../review/decision.ts'
import { themes } from '../rules/rule.ts'
import type { Mention } from '../scan/mention.ts'
import { type Answers, type AssessmentForm, indicatorFields, type Question } from './assessment-form.ts'
import { quoteMentions } from './quote-mention.ts'
import type { ReferralPayload } from './referral-schema.ts'

/** What Wren knows of a child's story already. */
export interface KnownStory {
  readonly attendance: Attendance
  readonly mentions: readonly Mention[]
  /** About this attendance and earlier ones of the child, oldest first. */
  readonly decisions: readonly Decision[]
  /** Earlier referrals of the child, oldest first. */
  readonly referrals: readonly ReferralPayload[]
}

export interface Prefilled {
  readonly answers: Answers
  /** Where each prefilled answer came from, by field, as nurses read it. */
  readonly sources: Readonly<Record<string, string>>
}

/**
 * The referral form with what Wren already knows, so that nobody has to tell the story again: evidence is quoted
 * where a mention gave it, earlier decisions stand in the analysis, and what the child said before is carried over
 * with its day. Every judgement is left to the nurse: no level, no choice and no concern is filled in.
 */
export function prefillReferral(form: AssessmentForm, story: KnownStory): Prefilled {
  const shown = story.mentions.filter(({ standing, trial }) => standing !== 'set-aside' && !trial)
  const questions = form.sections.flatMap(section => section.questions)
  const filled = questions.flatMap(question => {
    if (question.ask === 'indicator') {
      const mentions = shown.filter(mention => evidenceHome(mention, questions) === question)
      const evidence = quoteMentions(story.attendance, mentions)
      return [{ field: indicatorFields(question.id).evidence, text: evidence, source: 'from the notes' }]
    }
    if (question.ask !== 'words') return []
    const carried = question.carriedOver ? carriedOver(question, story.referrals) : ''
    const history = question.id === 'analysis' ? story.decisions.map(historyLine).join('\n') : ''
    return [
      { field: question.id, text: carried, source: 'from an earlier referral' },
      { field: question.id, text: history, source: 'from earlier decisions' },
    ]
  })
  const told = filled.filter(({ text }) => text !== '')
  return {
    answers: Object.fromEntries(told.map(({ field, text }) => [field, text])),
    sources: Object.fromEntries(told.map(({ field, source }) => [field, source])),
  }
}

/** The indicator a mention is evidence for: the one that names its rule, else the one that names its theme. */
function evidenceHome(mention: Mention, questions: readonly Question[]): Question | undefined {
  const words = mention.rule.split('-')
  return (
    questions.find(({ evidenceFrom }) =>
      evidenceFrom.some(name => !isTheme(name) && (name === mention.rule || words.includes(name))),
    ) ?? questions.find(({ evidenceFrom }) => evidenceFrom.includes(mention.theme))
  )
}

function isTheme(name: string): boolean {
  return themes.some(theme => theme === name)
}

/** The same question's latest words in an earlier referral, with their day. */
function carriedOver({ id }: Question, referrals: readonly ReferralPayload[]): string {
  const told = referrals.toReversed().flatMap(({ assessment, authorised }) =>
    assessment.sections
      .flatMap(({ answers }) => answers)
      .filter(answer => answer.id === id && answer.words !== '')
      // What was carried over before keeps the day on which it was told.
      .map(({ words }) =>
        words.startsWith('Told on ') ? words : `Told on ${longDay(authorised.at)}: ${words}`,
      ),
  )
  return told[0] ?? ''
}

function historyLine({ decidedAt, outcome, reason }: Decision): string {
  return `${longDay(decidedAt)}, ${outcomes[outcome].label.toLowerCase()}: ${reason}`
}

function longDay(instant: string): string {
  return Temporal.Instant.from(instant)
    .toZonedDateTimeISO('Europe/London')
    .toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
}
