import { offsetsIn } from '../../review/contiguity.ts'
import type { Silence } from '../../review/silence.ts'
import type { CensusStanding } from '../../services/check-census.ts'
import type { ProvenGap } from '../../services/prove-day.ts'
import { clockTime, count, day, dayAndTime, dayOf, figure } from './dates.ts'
import { shown } from './shown-text.ts'

export interface GapWords {
  readonly place: string
  readonly offsets: string
  readonly number: string
  /** Who found out why, and when; null while nobody has. */
  readonly explanation: string | null
  readonly href: string
}

/** Messages that Kafka numbered and of which Wren has no receipt. */
export function presentProvenGaps(
  gaps: readonly ProvenGap[],
  { day: isoDay, people }: { day: string; people: ReadonlyMap<string, string> },
): readonly GapWords[] {
  return gaps.map(gap => ({
    place: `${gap.stream}, partition ${gap.partition}`,
    offsets: gap.from === gap.to ? gap.from : `${gap.from} to ${gap.to}`,
    number: figure(offsetsIn(gap)),
    explanation: explanationWords(gap.explanation, people),
    href: `/accounting/${isoDay}/gap?${new URLSearchParams(gapFields(gap))}`,
  }))
}

/** What names a gap in an address or a form. */
export function gapFields({ channel, stream, partition, from }: ProvenGap): Record<string, string> {
  return { channel, stream, partition: String(partition), from }
}

function explanationWords(
  explanation: ProvenGap['explanation'],
  people: ReadonlyMap<string, string>,
): string | null {
  if (explanation === null) return null
  const { why, by, at } = explanation
  return `${shown(why)} (${people.get(by) ?? by}, ${dayAndTime(at)})`
}

export interface SilenceWords {
  readonly source: string
  readonly when: string
  readonly usual: string
}

export function presentSilences(silences: readonly Silence[]): readonly SilenceWords[] {
  return silences.map(({ source, from, to, expected }) => ({
    source: shown(source),
    when: `${clockTime(from)} to ${clockTime(to)}`,
    usual: `about ${count(Math.round(expected), 'message')}`,
  }))
}

export interface CensusWords {
  /** In one sentence: how the list compares. */
  readonly verdict: string
  readonly given: string
  readonly isComplete: boolean
  readonly neverReceived: readonly string[]
  readonly unreadable: readonly string[]
}

/** How the hospital's own list of a day compares with what was received. */
export function presentCensus(
  { listed, received, neverReceived, unreadable, uploadedAt, uploadedBy }: CensusStanding,
  people: ReadonlyMap<string, string>,
): CensusWords {
  const missing = neverReceived.length + unreadable.length
  return {
    verdict:
      missing === 0
        ? `All ${count(listed, 'attendance')} on the hospital’s list were received.`
        : `${figure(received)} of ${count(listed, 'attendance')} on the hospital’s list were received. ${figure(neverReceived.length)} never came to Wren, and ${figure(unreadable.length)} came in a message that could not be read.`,
    given: `Given by ${people.get(uploadedBy) ?? uploadedBy}, ${day(dayOf(uploadedAt))} at ${clockTime(uploadedAt)}.`,
    isComplete: missing === 0,
    neverReceived: neverReceived.map(shown),
    unreadable: unreadable.map(shown),
  }
}
