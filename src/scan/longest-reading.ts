import type { Mention } from './mention.ts'

/**
 * The longest reading wins: in "BB gun" one rule reads both words, so "gun", which another rule of the same theme
 * reads, is a part of it and set aside. The longer mention must itself count or be lowered (which no trial does), so
 * whoever was seen before is seen still.
 *
 * Only a single word at an end of the longer mention is its part. Between its ends a phrase lets any words stand:
 * "stabbed" in "punched and stabbed by" is no part of "punched … by".
 *
 * `among` holds the mentions that may be the longer ones.
 */
export function setPartsAside(
  mentions: readonly Mention[],
  among: readonly Mention[] = mentions,
): readonly Mention[] {
  if (areOfOneRule(mentions, among)) return mentions
  const longer = byEnds(among.filter(({ standing }) => standing !== 'set-aside'))
  return mentions.map(mention => {
    const whole = wholeOf(mention, longer)
    return whole === null ? mention : { ...mention, standing: 'set-aside', because: becausePartOf(whole) }
  })
}

/** A mention is only ever part of another rule's: most attendances end here. */
function areOfOneRule(mentions: readonly Mention[], among: readonly Mention[]): boolean {
  const [first] = among
  return first === undefined || [mentions, among].every(each => each.every(({ rule }) => rule === first.rule))
}

/** By section and either end, so that a long note with thousands of mentions is not compared each with each. */
interface ByEnds {
  readonly starts: ReadonlyMap<number, readonly Mention[]>
  readonly ends: ReadonlyMap<number, readonly Mention[]>
}

/** A code stands in no note and is in none of the lists. */
function byEnds(mentions: readonly Mention[]): ByEnds {
  const starts = new Map<number, Mention[]>()
  const ends = new Map<number, Mention[]>()
  for (const mention of mentions) {
    const { section, start, end } = mention
    if (section === null) continue
    addTo(starts, placeOf(section, start), mention)
    addTo(ends, placeOf(section, end), mention)
  }
  return { starts, ends }
}

function addTo(lists: Map<number, Mention[]>, place: number, mention: Mention): void {
  const list = lists.get(place)
  if (list === undefined) lists.set(place, [mention])
  else list.push(mention)
}

/** One number for both: no section has 2^32 characters. */
function placeOf(section: number, offset: number): number {
  return section * 2 ** 32 + offset
}

function wholeOf(mention: Mention, { starts, ends }: ByEnds): Mention | null {
  const { section, start, end, standing } = mention
  if (section === null || standing === 'set-aside') return null
  let whole = longestOf(starts.get(placeOf(section, start)), mention)
  whole = longestOf(ends.get(placeOf(section, end)), mention, whole)
  return whole === null || hasSeveralWords(mention) ? null : whole
}

/** The longest of these, or the one found before, that is longer than the mention. */
function longestOf(
  others: readonly Mention[] | undefined,
  mention: Mention,
  found: Mention | null = null,
): Mention | null {
  let longest = found
  for (const other of others ?? []) {
    if (other.rule === mention.rule || other.theme !== mention.theme) continue
    if (lengthOf(other) > lengthOf(longest ?? mention)) longest = other
  }
  return longest
}

function hasSeveralWords({ text }: Mention): boolean {
  return /[^\p{L}\p{N}]/u.test(text)
}

function lengthOf({ start, end }: Mention): number {
  return end - start
}

function becausePartOf({ text, ruleName }: Mention): string {
  return `part of "${text.replace(/\s+/g, ' ')}", which the rule ${ruleName} finds`
}
