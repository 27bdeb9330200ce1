import { type Judgement, judge, strongestOf } from './assertion.ts'
import type { CueReader } from './cue-sheet.ts'
import { cuesGoverning } from './cues.ts'
import { type ReadyIgnores, type Shield, shieldOf } from './ignores.ts'
import type { Match } from './matches.ts'
import type { Mention } from './mention.ts'
import type { Words } from './words.ts'

/** What the reading of a match's surroundings needs. */
export interface Reader {
  readonly cues: CueReader
  readonly ignores: ReadyIgnores
}

/**
 * Every match with its standing. A match that does not count is kept and says why; nothing is dropped but a second
 * reading of the same words for the same rule, and of those the strongest stays.
 */
export function readMentions(at: {
  readonly words: Words
  readonly matches: readonly Match[]
  readonly reader: Reader
  readonly section: number
}): readonly Mention[] {
  const { words, matches, reader, section } = at
  const mentions = matches.map(match => mentionOf({ words, match, reader, section }))
  return withoutSecondReadings(mentions)
}

function mentionOf(at: { words: Words; match: Match; reader: Reader; section: number }): Mention {
  const { words, match, reader, section } = at
  const { rule, term, span, edits } = match
  const judgement = judge(cuesGoverning(words, reader.cues, match), rule.when)
  const shield = shieldOf(words, match, reader.ignores)
  const shielded = shield === null ? judgement : shieldedBy(shield, judgement)
  return {
    rule: rule.id,
    ruleName: rule.name,
    theme: rule.theme,
    term,
    section,
    start: span.start,
    end: span.end,
    text: words.note.typed.slice(span.start, span.end),
    edits,
    ...onTrial(rule.status, shielded),
  }
}

/** The weaker standing stays: what is stated as absent is no more present for a harmless story around it. */
function shieldedBy({ standing, because }: Shield, judgement: Judgement): Judgement {
  if (standing === 'set-aside') return { ...judgement, standing, because }
  if (judgement.standing === 'counted') return { ...judgement, standing, because }
  return { ...judgement, because: `${judgement.because}; ${because}` }
}

/** A rule on trial is counted in figures and never queued, whatever the note says. */
export function onTrial<Judged extends Pick<Mention, 'standing' | 'because'>>(
  status: string,
  judged: Judged,
): Judged & { readonly trial: boolean } {
  if (status !== 'trial') return { ...judged, trial: false }
  return {
    ...judged,
    standing: 'set-aside',
    because: `this rule is on trial (${judged.because})`,
    trial: true,
  }
}

/** Of overlapping mentions of one rule: the strongest standing, then the fewest edits, then the longest text. */
function withoutSecondReadings(mentions: readonly Mention[]): readonly Mention[] {
  const sorted = mentions.toSorted(
    (a, b) => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) || a.start - b.start || a.end - b.end,
  )
  const groups: Mention[][] = []
  let end = -1
  for (const mention of sorted) {
    const group = groups.at(-1)
    if (group !== undefined && group[0]?.rule === mention.rule && mention.start < end) {
      group.push(mention)
      end = Math.max(end, mention.end)
    } else {
      groups.push([mention])
      end = mention.end
    }
  }
  return groups
    .flatMap(group => {
      const inOrder = group.toSorted((a, b) => a.edits - b.edits || b.end - b.start - (a.end - a.start))
      return strongestOf(inOrder) ?? []
    })
    .sort((a, b) => a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : 1))
}
