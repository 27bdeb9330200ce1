import type { Attendance } from '../attendance/attendance.ts'
import { type Decision, outcomes } from '../review/decision.ts'
import type { Theme } from '../rules/rule.ts'
import type { Mention } from '../scan/mention.ts'
import { indicatorIds, type ReferralDraft } from './referral-draft.ts'
import type { IndicatorId } from './risk-assessment.ts'

/** Characters of a note shown on either side of a mention: enough to read the sentence it stands in. */
const excerptReach = 90

/**
 * The referral form with what Wren already knows, so that nobody has to tell the story again. Evidence is quoted
 * where a mention gave it and earlier decisions stand in the analysis; every judgement is left to the nurse:
 * each indicator is "not known", and consent, parents, overall risk and the concern itself are unanswered.
 */
export function prefillReferral({
  attendance,
  mentions,
  decisions,
}: {
  readonly attendance: Attendance
  readonly mentions: readonly Mention[]
  /** Earlier decisions about this child, oldest first. */
  readonly decisions: readonly Decision[]
}): ReferralDraft {
  const shown = mentions.filter(({ standing, trial }) => standing !== 'set-aside' && !trial)
  return {
    concerns: '',
    assessment: {
      indicators: indicatorIds.map(id => ({
        id,
        level: 'unknown',
        evidence: evidenceOf(
          attendance,
          shown.filter(mention => indicatorOf(mention) === id),
        ),
      })),
      protectiveFactors: '',
      childsView: '',
      analysis: decisions.map(historyLine).join('\n'),
      overall: null,
    },
    consent: null,
    consentReason: '',
    parentsInformed: null,
    parentsReason: '',
  }
}

/** The indicator a mention may be evidence for. A gang has no theme of its own: it is told by the rule's id. */
function indicatorOf({ theme, rule }: Mention): IndicatorId | null {
  if (theme === 'exploitation' && /\bgangs?\b/.test(rule)) return 'gang'
  return indicatorOfTheme[theme] ?? null
}

const indicatorOfTheme: Partial<Record<Theme, IndicatorId>> = {
  weapons: 'weapon',
  exploitation: 'county-lines',
  'sexual-harm': 'sexual-exploitation',
  missing: 'missing',
}

/** One line a place in the notes; several terms in one place are quoted once. */
function evidenceOf(attendance: Attendance, mentions: readonly Mention[]): string {
  return [...new Set(mentions.map(mention => quote(attendance, mention)))].join('\n')
}

function quote(attendance: Attendance, mention: Mention): string {
  const note = mention.section === null ? undefined : attendance.notes[mention.section]
  if (note === undefined) return `Coded by the hospital: ${mention.text} (${mention.ruleName})`
  return `${sectionName(note.section)}: “${sentenceAround(note.words, mention)}”`
}

/** The sentence or line a mention stands in, cut at a word where it is long. */
function sentenceAround(words: string, { start, end }: Mention): string {
  const before = words.slice(0, start)
  const after = words.slice(end)
  const from = Math.max(...[...before.matchAll(/[.!?]\s+|\n/g)].map(stop => stop.index + stop[0].length), 0)
  const stop = /[.!?](?=\s|$)|\n/.exec(after)
  const to = stop === null ? words.length : end + stop.index
  const cutFrom = start - from > excerptReach ? words.indexOf(' ', start - excerptReach) + 1 : from
  const cutTo = to - end > excerptReach ? words.lastIndexOf(' ', end + excerptReach) : to
  const [safeFrom, safeTo] = [cutFrom > 0 && cutFrom <= start ? cutFrom : from, cutTo >= end ? cutTo : to]
  const excerpt = words.slice(safeFrom, safeTo).replace(/\s+/g, ' ').trim()
  return `${safeFrom > from ? '… ' : ''}${excerpt}${safeTo < to ? ' …' : ''}`
}

function sectionName(section: string): string {
  const words = section.replaceAll(/[-_]+/g, ' ').trim()
  return words === '' ? 'Note' : `${words.charAt(0).toUpperCase()}${words.slice(1)} note`
}

function historyLine({ decidedAt, outcome, reason }: Decision): string {
  const day = Temporal.Instant.from(decidedAt)
    .toZonedDateTimeISO('Europe/London')
    .toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
  return `${day}, ${outcomes[outcome].label.toLowerCase()}: ${reason}`
}
