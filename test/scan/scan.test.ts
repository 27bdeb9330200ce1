import { describe, expect, test } from 'vitest'
import type { Rule } from '../../src/rules/rule.ts'
import type { Mention } from '../../src/scan/mention.ts'
import { makeScanner } from '../../src/scan/scan.ts'
import { makeRule, makeScannable, makeTestRuleset, phrase, short, word } from './made-rules.ts'

const blade = makeRule({
  match: [
    word('knife', { forms: ['knives', 'knifed', 'knifepoint'] }),
    word('stab', { forms: ['stabs', 'stabbed', 'stabbing'], variants: ['satb', 'stabd'] }),
    word('machete', { misspellings: 1 }),
    phrase([['slashed', 'slashing'], '*', ['blade', 'sword']], 8),
  ],
  codes: { icd10: ['X99'], snomed: [{ id: '425322008', display: 'Stab wound' }] },
  ignore: [
    {
      before: ['butter', 'palette'],
      after: [],
      near: [],
      ifNear: [],
      unlessNear: ['threatened'],
      treatment: 'set-aside',
      because: 'Table knife',
    },
    {
      before: [],
      after: [],
      near: ['peeling'],
      ifNear: [],
      unlessNear: ['attacked', 'stabbed'],
      treatment: 'set-aside',
      because: 'Cooking',
    },
    {
      before: [],
      after: ['pain', 'pains'],
      near: [],
      ifNear: [],
      unlessNear: ['blade'],
      treatment: 'set-aside',
      because: 'A kind of pain',
    },
  ],
})
const overdose = makeRule({
  id: 'self-harm-overdose',
  name: 'Overdose',
  theme: 'self-harm',
  match: [
    word('overdose', { forms: ['overdoses', 'overdosed'], variants: ['overdoes', 'over dose'] }),
    short('OD', { before: ['mg', 'tablet'], after: ['eye', 'both eyes'] }),
    phrase([['took', 'taken'], '*', ['handful', 'packet']], 6),
  ],
})
const countyLines = makeRule({
  id: 'county-lines',
  name: 'County lines',
  theme: 'exploitation',
  priority: 'medium',
  match: [phrase(['county', ['line', 'lines']]), phrase([['going', 'went'], 'country'])],
})
const rules = [blade, overdose, countyLines]
const scanner = makeScanner(makeTestRuleset(rules))

function mentionsIn(text: string, of: readonly Rule[] = rules): readonly Mention[] {
  const reader = of === rules ? scanner : makeScanner(makeTestRuleset(of))
  return reader.scan(makeScannable([text])).mentions
}

describe('finding', () => {
  test.each([
    ['a word as listed', 'Cut by knife at school', 'knife'],
    ['in capitals', 'CUT BY KNIFE', 'KNIFE'],
    ['a form', 'Held at knifepoint', 'knifepoint'],
    ['a swap of letters', 'saw a kinfe', 'kinfe'],
    ['a letter doubled', 'macheete in bag', 'macheete'],
    ['a listed variant of a short word', 'stabd in leg', 'stabd'],
    ['a variant that is itself a word', 'second overdoes', 'overdoes'],
    ['a variant with a space', 'took an over dose', 'over dose'],
    ['behind a slash', 'LAC W/KNIFE', 'KNIFE'],
    ['run on with a diagnosis', 'CUT HAND KNIFEDX LAC', 'KNIFE'],
    ['run on with the word before', 'FELL ONKNIFE', 'KNIFE'],
    ['run on with a known word', 'smokingknife', 'knife'],
    ['split by a hyphen and a line break', 'took over-\ndose', 'over-\ndose'],
    ['split by a line break alone', 'took over\r\ndose', 'over\r\ndose'],
    ['split by a hyphen', 'kni-fe wound', 'kni-fe'],
    ['neighbours of a phrase run together', 'in countylines', 'countylines'],
    ['neighbours of a phrase with a hyphen', 'county-lines debt', 'county-lines'],
    ['a phrase over a line end', 'county\nlines', 'county\nlines'],
    ['a phrase with a gap', 'slashed on arm with a sword', 'slashed on arm with a sword'],
    ['a misspelt phrase', 'in coutny lines', 'coutny lines'],
    ['an abbreviation', 'OD at home', 'OD'],
    ['a queried abbreviation', '?OD last night', 'OD'],
    ['a counted abbreviation', '2xOD this term', 'OD'],
    ['digits glued to a word', '2knives found', 'knives'],
    ['accented letters', 'a knífe', 'knífe'],
    ['full-width letters', 'ａ ＫＮＩＦＥ', 'ＫＮＩＦＥ'],
    ['a soft hyphen inside', 'kni\u00adfe', 'kni\u00adfe'],
    ['a zero-width space inside', 'kni\u200bfe', 'kni\u200bfe'],
    ['curly quotes', '“knife”', 'knife'],
    ['no-break spaces', 'over\u00a0dose', 'over\u00a0dose'],
    ['behind letters that come apart', 'ﬁne 😀 ½ knife', 'knife'],
  ])('%s is found: %j', (_why, text, found) => {
    const mentions = mentionsIn(text)
    expect(mentions.map(mention => mention.text)).toEqual([found])
    for (const { start, end, text: words } of mentions) expect(text.slice(start, end)).toBe(words)
  })

  test.each([
    ['a known word one edit away', 'unsafe with knits'],
    ['inside a known word', 'unstable ankle, established gangway'],
    ['inside an unknown word', 'Mr Ragknifeunath'],
    ['a short word misspelt but not listed', 'stba'],
    ['an abbreviation in small letters', 'od bd tds'],
    ['a phrase across a sentence end', 'county. Lines in situ'],
    ['a phrase too long', 'slashed tyre of a car near his home then saw film about sword'],
    ['words that do not touch', 'county and lines'],
  ])('%s is not found: %j', (_why, text) => {
    expect(mentionsIn(text)).toEqual([])
  })

  test.each([
    ['X99.1', 'icd10', 1],
    ['X991', 'icd10', 1],
    ['x99', 'icd10', 1],
    ['X9', 'icd10', 0],
    ['425322008', 'snomed', 1],
    ['4253220081', 'snomed', 0],
  ] as const)('code %s of %s gives %i mentions', (code, system, count) => {
    const { outcome, mentions } = scanner.scan(
      makeScannable(['knee pain'], { codes: [{ system, code, display: null }] }),
    )
    expect(mentions).toHaveLength(count)
    expect(outcome).toBe(count === 0 ? 'clear' : 'flagged')
  })

  test('a strictly nearer known word wins, a tie goes to the rule', () => {
    const firearm = [makeRule({ match: [word('firearm', { misspellings: 2 })] })]
    expect(mentionsIn('foream bruised', firearm)).toEqual([])
    expect(mentionsIn('fiream found', firearm)).toHaveLength(1)
  })

  test('an inflection of a known word is no misspelling two edits away', () => {
    const rules = [makeRule({ match: [word('trafficking')] })]
    expect(mentionsIn('traffickly', rules)).toEqual([])
    expect(mentionsIn('trafficing', rules)).toHaveLength(1)
  })

  test('a surname that the site lists is no misspelling', () => {
    const known = makeScanner(makeTestRuleset([blade], { knownWords: ['Stebbing'] }))
    expect(known.scan(makeScannable(['seen by Stebbing'])).mentions).toEqual([])
    expect(mentionsIn('seen by Stebbing')).toHaveLength(1)
  })
})

describe('reading', () => {
  test.each([
    ['stated', 'stabbed in thigh', 'affirmed', 'counted'],
    ['absent', 'no evidence of stabbing', 'negated', 'set-aside'],
    ['a form answered no', 'Any knives? N', 'negated', 'set-aside'],
    ['a form answered nil', 'Knives: nil', 'negated', 'set-aside'],
    ['denied', 'denies being stabbed', 'negated', 'lowered'],
    ['denied with a colon', 'Denies: knife', 'negated', 'lowered'],
    ['a terminator ends the reach', 'denies pain but knife seen', 'affirmed', 'counted'],
    ['a sentence end ends the reach', 'Denies pain. Knife seen', 'affirmed', 'counted'],
    ['a line end ends the reach', 'denies pain\nknife seen', 'affirmed', 'counted'],
    ['a word beyond the reach', 'no pain on left side, knife', 'affirmed', 'counted'],
    ['a pseudo cue', 'no doubt stabbed', 'affirmed', 'counted'],
    ['a query is no cue', '?stabbed', 'affirmed', 'counted'],
    ['in the past', 'previous stabbing', 'historical', 'lowered'],
    ['in the past, said behind', 'stabbed two years ago', 'historical', 'lowered'],
    ['somebody else', 'brother was stabbed', 'other-person', 'lowered'],
    ['advice', 'return if stabbed', 'hypothetical', 'lowered'],
    ['the strongest reading', 'no history of previous stabbing', 'historical', 'lowered'],
    ['ignored before', 'butter knife slipped', 'affirmed', 'set-aside'],
    ['ignored before but not across a stop', 'toast, butter, knife', 'affirmed', 'counted'],
    ['ignored unless', 'threatened with butter knife', 'affirmed', 'counted'],
    ['ignored near', 'cut finger with knife peeling carrots', 'affirmed', 'set-aside'],
    ['ignored behind', 'stabbing pain since Monday', 'affirmed', 'set-aside'],
    ['guarded before', 'amlodipine 5mg OD', 'affirmed', 'set-aside'],
    ['guarded behind', 'OD (right eye red)', 'affirmed', 'set-aside'],
    ['not guarded across a stop', '5mg. OD last night', 'affirmed', 'counted'],
  ])('%s: %j is %s and %s', (_why, text, assertion, standing) => {
    expect(mentionsIn(text)).toMatchObject([{ assertion, standing }])
  })

  test('a denial does not hide harm stated in the same sentence', () => {
    const { priority, mentions } = scanner.scan(
      makeScannable(['Denies overdose, taken whole packet of tablets']),
    )
    expect(mentions.map(mention => mention.standing)).toEqual(['lowered', 'counted'])
    expect(priority).toBe('high')
  })

  test('a nurse reads which cue stands where', () => {
    expect(mentionsIn('denies being stabbed')[0]?.because).toBe('denied: "denies" stands before it')
  })

  test('a rule may keep what is denied', () => {
    const rule = makeRule({ when: { ...blade.when, denied: 'keep' } })
    expect(mentionsIn('denies knife', [rule])).toMatchObject([{ assertion: 'negated', standing: 'counted' }])
  })
})

describe('the flag', () => {
  test('adults are out of scope and nothing of them is read', () => {
    const adult = scanner.scan(makeScannable(['stabbed'], { ageOnArrival: 18 }))
    expect(adult).toMatchObject({ outcome: 'out-of-scope', priority: null, mentions: [] })
  })

  test('a wider cohort reads adults whom a rule covers', () => {
    const wide = makeScanner(makeTestRuleset([makeRule({ ages: { from: 10, to: 25 } }), overdose]), {
      cohort: { from: 0, to: 25 },
    })
    const { mentions } = wide.scan(makeScannable(['knife, overdose'], { ageOnArrival: 20 }))
    expect(mentions.map(mention => mention.rule)).toEqual(['weapon-blade'])
  })

  test('an unknown age meets every rule', () => {
    const rule = makeRule({ ages: { from: 10, to: 12 } })
    const reader = makeScanner(makeTestRuleset([rule]))
    expect(reader.scan(makeScannable(['knife'], { ageOnArrival: null })).outcome).toBe('flagged')
    expect(reader.scan(makeScannable(['knife'], { ageOnArrival: 9 })).outcome).toBe('clear')
  })

  test.each([
    ['draft', 0, 'clear'],
    ['retired', 0, 'clear'],
    ['trial', 1, 'clear'],
    ['live', 1, 'flagged'],
  ] as const)('a %s rule gives %i mentions, and the attendance is %s', (status, count, outcome) => {
    const scanned = makeScanner(makeTestRuleset([makeRule({ status })])).scan(makeScannable(['knife']))
    expect(scanned.mentions).toHaveLength(count)
    expect(scanned.outcome).toBe(outcome)
    if (status === 'trial') expect(scanned.mentions).toMatchObject([{ standing: 'set-aside', trial: true }])
  })

  test.each([
    ['the rule of the highest priority decides', ['went country', 'knife'], {}, 'high'],
    ['a medium rule alone', ['went country'], {}, 'medium'],
    ['only lowered', ['denies knife'], {}, 'low'],
    ['only lowered, and younger', ['denies knife'], { ageOnArrival: 9 }, 'low'],
    ['a medium rule and a young child', ['went country'], { ageOnArrival: 12 }, 'high'],
    ['a medium rule, left before being seen', ['went country'], { leftBeforeSeen: true }, 'high'],
    ['a medium rule and an alert', ['went country'], { alerts: ['looked-after'] }, 'high'],
    ['all set aside', ['no evidence of knife'], {}, null],
  ] as const)('%s: %j %j is %s', (_why, notes, rest, priority) => {
    const scanned = scanner.scan(makeScannable(notes, rest))
    expect(scanned.priority).toBe(priority)
    expect(scanned.because.length > 0).toBe(priority !== null)
  })

  test('mentions say which note they stand in', () => {
    const { mentions } = scanner.scan(makeScannable(['knee pain', 'knife', 'stabbed']))
    expect(mentions.map(mention => mention.section)).toEqual([1, 2])
  })
})
