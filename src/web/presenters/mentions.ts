import type { Attendance } from '../../attendance/attendance.ts'
import { wrongMatchKey } from '../../review/decision-form.ts'
import type { Mention } from '../../scan/mention.ts'
import { assertionWords } from './assertion.ts'
import { count } from './dates.ts'
import { sectionHeading } from './notes.ts'
import { themeNames } from './rule-tag.ts'
import { standingNames } from './segments.ts'
import { shown } from './shown-text.ts'

/** One mention, as a nurse reads why it is there. */
export interface MentionWords {
  readonly text: string
  /** By which it is told to the rules team. */
  readonly key: string
  readonly where: string
  readonly rule: string
  readonly ruleHref: string
  readonly theme: string
  /** Such as: 1 letter different from “knife”; null where it stands as written in the rule. */
  readonly spelling: string | null
  readonly meant: string
  readonly standing: string
  readonly because: string
}

export interface MentionsWords {
  /** Counted first, then lowered. */
  readonly shown: readonly MentionWords[]
  readonly setAside: readonly MentionWords[]
}

export function presentMentions(attendance: Attendance, mentions: readonly Mention[]): MentionsWords {
  const live = mentions.filter(mention => !mention.trial)
  const words = (standing: Mention['standing']): readonly MentionWords[] =>
    live.filter(mention => mention.standing === standing).map(mention => present(attendance, mention))
  return { shown: [...words('counted'), ...words('lowered')], setAside: words('set-aside') }
}

/** A mention that another version of the record has. Its place is not told: that text is not shown. */
export interface WithdrawnWords {
  readonly text: string
  readonly rule: string
  readonly ruleHref: string
}

/** Each word of a rule once, however many versions had it. */
export function presentWithdrawn(mentions: readonly Mention[]): readonly WithdrawnWords[] {
  const live = mentions.filter(mention => !mention.trial)
  const each = new Map(live.map(mention => [`${mention.rule} ${mention.text.toLowerCase()}`, mention]))
  return [...each.values()].map(({ rule, ruleName, text }) => ({
    text: shown(text),
    rule: ruleName,
    ruleHref: `/rules/${encodeURIComponent(rule)}`,
  }))
}

function present(attendance: Attendance, mention: Mention): MentionWords {
  const note = mention.section === null ? undefined : attendance.notes[mention.section]
  const code = attendance.codes.find(each => mention.section === null && each.code === mention.text)
  return {
    text: shown(code?.display == null ? mention.text : `${mention.text} ${code.display}`),
    key: wrongMatchKey(mention),
    where: note === undefined ? 'Diagnosis code' : sectionHeading(note.section),
    rule: mention.ruleName,
    ruleHref: `/rules/${encodeURIComponent(mention.rule)}`,
    theme: themeNames[mention.theme],
    spelling:
      mention.edits === 0 ? null : `${count(mention.edits, 'letter')} different from “${mention.term}”`,
    meant: capital(assertionWords[mention.assertion]),
    standing: capital(standingNames[mention.standing]),
    because: capital(shown(mention.because)),
  }
}

export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
