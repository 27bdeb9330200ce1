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
  if (among.length === 0) return mentions
  const longer = byEnds(among.filter(({ standing }) => standing !== 'set-aside'))
  return mentions.map(mention => {
    const whole = wholeOf(mention, longer)
    return whole === null ? mention : { ...mention, standing: 'set-aside', because: becausePartOf(whole) }
  })
}

function wholeOf(mention: Mention, longer: ReadonlyMap<string, readonly Mention[]>): Mention | null {
  if (mention.standing === 'set-aside' || hasSeveralWords(mention)) return null
  return endsOf(mention)
    .flatMap(end => longer.get(end) ?? [])
    .filter(other => other.rule !== mention.rule && lengthOf(other) > lengthOf(mention))
    .reduce<Mention | null>(
      (longest, each) => (longest !== null && lengthOf(longest) >= lengthOf(each) ? longest : each),
      null,
    )
}

/** By either end, so that a long note with thousands of mentions is not compared each with each. */
function byEnds(mentions: readonly Mention[]): ReadonlyMap<string, readonly Mention[]> {
  const found = new Map<string, Mention[]>()
  for (const mention of mentions) {
    for (const end of endsOf(mention)) {
      const others = found.get(end)
      if (others === undefined) found.set(end, [mention])
      else others.push(mention)
    }
  }
  return found
}

/** None for a code, which stands in no note. */
function endsOf({ section, theme, start, end }: Mention): readonly string[] {
  return section === null ? [] : [`${theme} ${section} from ${start}`, `${theme} ${section} to ${end}`]
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
