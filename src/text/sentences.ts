import { gapAfter, type Tokens, typedWordAt } from './tokenise.ts'

/** What stands between a word and the next one. */
export interface Stops {
  readonly sentenceEnd: boolean
  readonly lineEnd: boolean
  /** One of . , ; : ? ! + & or a line end: words beyond it do not touch. */
  readonly stop: boolean
}

/** Shortened words after which a full stop does not end the sentence when a small letter or a number follows. */
const shortened = new Set(
  'dr mr mrs ms prof st rd ave approx no nos vs eg ie etc hrs hr min mins sec yr yrs wk wks mth mths pt pts hx dx rx tx wt ht temp prev resp abdo tel ext dept gp lt rt inc incl poss prob'.split(
    ' ',
  ),
)

/** Only so much of a gap is read: beyond it lie rulings and filler, never the end of a clause. */
const gapMax = 40

export function stopsAfter(tokens: Tokens, index: number): Stops {
  const { from, to } = gapAfter(tokens, index)
  const { text } = tokens
  const until = Math.min(to, from + gapMax)
  let sentenceEnd = index + 1 >= tokens.count || to - from > gapMax
  let lineEnd = sentenceEnd
  let stop = sentenceEnd
  let newlines = 0
  for (let at = from; at < until; at++) {
    const mark = text.charAt(at)
    if (mark === '\n' || (mark === '\r' && text.charAt(at + 1) !== '\n')) {
      lineEnd = true
      stop = true
      newlines++
    } else if ('.,;:?!+&'.includes(mark)) {
      stop = true
      if (!sentenceEnd) sentenceEnd = endsSentence({ tokens, index, at })
    }
  }
  // A blank line, or a line that starts with a bullet, begins something new.
  if (newlines > 1 || (newlines === 1 && /\n\s*[-*•]\s/.test(text.slice(from, until)))) sentenceEnd = true
  return { sentenceEnd, lineEnd, stop }
}

/** Whether the mark at `at`, between token `index` and the next one, ends the sentence. */
export function endsSentence({ tokens, index, at }: { tokens: Tokens; index: number; at: number }): boolean {
  const { text } = tokens
  switch (text.charAt(at)) {
    case ';':
    case '!':
      return true
    case '?':
      // "?OD" asks about OD and stands in the middle of a sentence; "weapons? N" ends the question.
      return !isQuery(text, at)
    case '.':
      return !isInnerStop({ tokens, index, at })
    default:
      return false
  }
}

function isQuery(text: string, at: number): boolean {
  const before = text.charAt(at - 1)
  const after = text.charAt(at + 1)
  const isAfterBreak = before === '' || /[\s(/,+&:;-]/.test(before)
  return isAfterBreak && after !== ''
}

/** A full stop inside a number ("2.5"), an abbreviation ("o.d.", "approx. 5") or a run of initials. */
function isInnerStop({ tokens, index, at }: { tokens: Tokens; index: number; at: number }): boolean {
  if (index < 0 || index + 1 >= tokens.count || (tokens.ends[index] ?? 0) !== at) return false
  const before = typedWordAt(tokens, index)
  const next = typedWordAt(tokens, index + 1)
  const isGlued = tokens.starts[index + 1] === at + 1
  if (isGlued) return /^\d/.test(before) ? /^\d/.test(next) : before.length === 1
  return shortened.has(before.toLowerCase()) && /^[a-z0-9]/.test(next)
}
