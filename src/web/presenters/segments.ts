import type { Mention } from '../../scan/mention.ts'
import type { Span } from '../../text/span.ts'
import { assertionWords } from './assertion.ts'
import { shown } from './shown-text.ts'

/** A piece of a note. Templates loop over them: the note itself is never handled as HTML. */
export interface Segment {
  readonly text: string
  /** Null for the words between. */
  readonly mark: Mark | null
}

/** How the words are marked, and what a screen reader or a print says of them. */
export interface Mark {
  readonly theme: string
  readonly standing: 'counted' | 'lowered' | 'set-aside'
  /** Such as "Knife or blade, denied". */
  readonly words: string
}

/** The words within `window` in segments, every mention marked. Mentions that overlap share one mark. */
export function cutSegments(words: string, mentions: readonly Mention[], window?: Span): readonly Segment[] {
  const { start, end } = window ?? { start: 0, end: words.length }
  const segments: Segment[] = []
  let at = start
  const plain = (to: number): void => {
    if (to > at) segments.push({ text: shown(words.slice(at, to)), mark: null })
  }
  for (const marked of joinOverlaps(mentions)) {
    if (marked.start < start || marked.end > end) continue
    plain(marked.start)
    segments.push({ text: shown(words.slice(marked.start, marked.end)), mark: markOf(marked.mentions) })
    at = marked.end
  }
  plain(end)
  return segments
}

interface Marked extends Span {
  readonly mentions: readonly Mention[]
}

/** Spans in order, those that overlap made one. */
export function joinOverlaps(mentions: readonly Mention[]): readonly Marked[] {
  const joined: { start: number; end: number; mentions: Mention[] }[] = []
  for (const mention of mentions.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = joined.at(-1)
    if (last === undefined || mention.start >= last.end) {
      joined.push({ start: mention.start, end: mention.end, mentions: [mention] })
    } else {
      last.end = Math.max(last.end, mention.end)
      last.mentions.push(mention)
    }
  }
  return joined
}

const strongestFirst = ['counted', 'lowered', 'set-aside'] as const

function markOf(mentions: readonly Mention[]): Mark {
  const standing = strongestFirst.find(each => mentions.some(mention => mention.standing === each))
  const leading = mentions.find(mention => mention.standing === standing) ?? mentions[0]
  const words = mentions.map(mention => {
    const standingWords = mention.standing === 'counted' ? '' : `, ${standingNames[mention.standing]}`
    const meant = mention.assertion === 'affirmed' ? '' : `, ${assertionWords[mention.assertion]}`
    return `${mention.ruleName}${meant}${standingWords}`
  })
  return {
    theme: leading?.theme ?? 'other',
    standing: standing ?? 'counted',
    words: [...new Set(words)].join('; '),
  }
}

export const standingNames = {
  counted: 'counted',
  lowered: 'lowered',
  'set-aside': 'set aside',
} as const
