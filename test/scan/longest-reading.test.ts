import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Theme, themes } from '../../src/rules/rule.ts'
import { explain } from '../../src/scan/explain.ts'
import { setPartsAside } from '../../src/scan/longest-reading.ts'
import { type Mention, standings } from '../../src/scan/mention.ts'
import { makeScanner } from '../../src/scan/scan.ts'
import { makeRule, makeScannable, makeTestRuleset, phrase, word } from './made-rules.ts'

const gun = makeRule({
  id: 'weapon-gun',
  name: 'Gun or firearm',
  match: [word('gun', { forms: ['guns'] }), word('pistol', { misspellings: 0 })],
})
const airGun = makeRule({
  id: 'weapon-air-gun',
  name: 'Air, BB or pellet gun',
  priority: 'medium',
  match: [
    phrase([
      ['air', 'BB', 'pellet'],
      ['gun', 'guns', 'pistol'],
    ]),
    word('airgun'),
  ],
})

function scan(text: string, rules = [gun, airGun], ageOnArrival: number | null = 15) {
  return makeScanner(makeTestRuleset(rules)).scan(makeScannable([text], { ageOnArrival }))
}

/** Such as ["gun set-aside", "BB gun counted"]. */
function standingsIn(...scanned: Parameters<typeof scan>): string[] {
  return scan(...scanned).mentions.map(({ text, standing }) => `${text} ${standing}`)
}

describe('the longest reading wins', () => {
  test('a gun in "BB gun" is a part of it, says so, and the flag has the priority of the air gun', () => {
    const { outcome, priority, mentions } = scan('Shot with BB\n gun in the park by older boy')
    expect({ outcome, priority }).toEqual({ outcome: 'flagged', priority: 'medium' })
    expect(mentions.find(({ rule }) => rule === 'weapon-gun')).toMatchObject({
      standing: 'set-aside',
      because: 'part of "BB gun", which the rule Air, BB or pellet gun finds',
    })
  })

  test.each([
    ['a word run on is a part too', 'pelletgun to calf', ['pelletgun counted', 'gun set-aside']],
    [
      'another gun in the same note counts',
      'BB gun, then a gun',
      ['BB gun counted', 'gun set-aside', 'gun counted'],
    ],
    ['a denied air gun is lowered, and its gun a part', 'Denies BB gun', ['BB gun lowered', 'gun set-aside']],
    ['a word beside it is no part', 'gun, BB type', ['gun counted']],
  ])('%s: %s', (_reason, text, expected) => {
    expect(standingsIn(text)).toEqual(expected)
  })

  test.each([
    ['is on trial', [gun, { ...airGun, status: 'trial' as const }], 15],
    ['is a draft', [gun, { ...airGun, status: 'draft' as const }], 15],
    ['does not apply at this age', [gun, { ...airGun, ages: { from: 0, to: 9 } }], 15],
    ['has another theme', [gun, { ...airGun, theme: 'violence' as const }], 15],
    [
      'is set aside itself',
      [
        gun,
        {
          ...airGun,
          ignore: [
            {
              before: [],
              after: [],
              near: ['fair'],
              ifNear: [],
              unlessNear: [],
              treatment: 'set-aside' as const,
              because: 'Funfair',
            },
          ],
        },
      ],
      15,
    ],
  ])('but not of a rule that %s', (_reason, rules, age) => {
    expect(standingsIn('BB gun at fair', rules, age)).toContain('gun counted')
  })

  test('a word between the ends of a phrase is none of its words, and counts', () => {
    const stabbing = makeRule({ id: 'stabbing', theme: 'violence', match: [word('stabbed')] })
    const assault = makeRule({
      id: 'assault',
      theme: 'violence',
      priority: 'medium',
      match: [phrase([['punched', 'kicked'], '*', 'by'], 5)],
    })
    const { priority } = scan('Kicked and stabbed by older boy', [stabbing, assault])
    expect(standingsIn('Kicked and stabbed by older boy', [stabbing, assault])).toContain('stabbed counted')
    expect(priority).toBe('high')
  })

  test('trying a text explains it as the scan reads it', () => {
    const explained = explain(makeTestRuleset([gun, airGun]), 'BB gun').flatMap(({ mentions }) => mentions)
    expect(explained).toEqual(expect.arrayContaining([...scan('BB gun').mentions]))
  })

  test('trying a text reads a draft as it would be once live, and takes nothing aside for a draft', () => {
    const tryWith = (gunStatus: 'live' | 'draft', airGunStatus: 'live' | 'draft') =>
      explain(
        makeTestRuleset([
          { ...gun, status: gunStatus },
          { ...airGun, status: airGunStatus },
        ]),
        'BB gun',
      ).flatMap(({ mentions }) => mentions.map(({ text, standing }) => `${text} ${standing}`))
    expect(tryWith('draft', 'live')).toContain('gun set-aside')
    expect(tryWith('live', 'draft')).toContain('gun counted')
  })
})

describe('whatever was found', () => {
  const letters = 'ab cd e fgh i'
  const aTheme = fc.constantFrom<Theme>(...themes.slice(0, 2))
  const aMention = fc
    .record({
      rule: fc.constantFrom('one', 'two', 'three'),
      theme: aTheme,
      section: fc.constantFrom(null, 0, 1),
      place: fc.tuple(fc.nat(letters.length - 1), fc.integer({ min: 1, max: 8 })),
      standing: fc.constantFrom(...standings),
    })
    .map(({ place: [start, length], ...rest }): Mention => {
      const end = Math.min(start + length, letters.length)
      const plain = { term: '', edits: 0, assertion: 'affirmed' as const, trial: false, because: '' }
      return { ...plain, ...rest, ruleName: rest.rule, start, end, text: letters.slice(start, end) }
    })
  const isSeen = ({ standing }: Mention) => standing !== 'set-aside'

  test('no flag turns clear: whatever is set aside lies inside a mention of its theme that is still seen', () => {
    fc.assert(
      fc.property(fc.array(aMention, { maxLength: 12 }), mentions => {
        const after = setPartsAside(mentions)
        expect(after.some(isSeen)).toBe(mentions.some(isSeen))
        for (const [index, before] of mentions.entries()) {
          if (!isSeen(before) || after[index] === undefined || isSeen(after[index])) continue
          const holder = after.find(
            other =>
              isSeen(other) &&
              other.theme === before.theme &&
              other.section === before.section &&
              other.start <= before.start &&
              before.end <= other.end,
          )
          expect(holder).toBeDefined()
        }
      }),
      { numRuns: 500 },
    )
  })

  test('nothing is dropped, moved or raised, and a second time changes nothing', () => {
    fc.assert(
      fc.property(fc.array(aMention, { maxLength: 12 }), mentions => {
        const after = setPartsAside(mentions)
        const plain = (each: Mention) => ({ ...each, standing: null, because: null })
        expect(after.map(plain)).toEqual(mentions.map(plain))
        expect(after.filter((each, index) => isSeen(each) && !isSeen(mentions[index] ?? each))).toEqual([])
        expect(setPartsAside(after)).toEqual(after)
      }),
    )
  })
})
