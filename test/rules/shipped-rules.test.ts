import { beforeAll, describe, expect, test } from 'vitest'
import { type LoadedRules, loadRules, requireRuleset } from '../../src/adapters/rules-folder/load-rules.ts'
import { Note } from '../../src/attendance/note.ts'
import { runExamples } from '../../src/scan/examples.ts'
import type { Mention } from '../../src/scan/mention.ts'
import { makeScanner } from '../../src/scan/scan.ts'
import type { Scanner } from '../../src/scan/scanner.ts'

let loaded: LoadedRules
let scanner: Scanner

beforeAll(async () => {
  loaded = await loadRules('rules')
  scanner = makeScanner(requireRuleset(loaded))
})

function read(words: string): readonly Mention[] {
  const notes = [new Note({ section: 'triage', words })]
  return scanner.scan({ ageOnArrival: 15, notes, codes: [], alerts: [], leftBeforeSeen: false }).mentions
}

/** Such as ["weapon-blade counted"]: each rule once, with its strongest standing. */
function standingsIn(words: string): string[] {
  const strongest = new Map<string, string>()
  for (const standing of ['set-aside', 'lowered', 'counted']) {
    for (const mention of read(words))
      if (mention.standing === standing) strongest.set(mention.rule, standing)
  }
  return [...strongest].map(([rule, standing]) => `${rule} ${standing}`).sort()
}

test('the shipped rules have no fault, and every example of theirs holds', () => {
  expect(loaded.problems).toEqual([])
  expect(runExamples(requireRuleset(loaded))).toEqual([])
}, 30_000)

test('every rule is live, and a note of nothing gives nothing', () => {
  expect(requireRuleset(loaded).rules.filter(rule => rule.status !== 'live')).toEqual([])
  expect(standingsIn('D&V 2/7, tolerating fluids, well perfused, home with advice')).toEqual([])
})

describe('a knife carried, shown or used on somebody counts, whatever the kitchen around it', () => {
  test.each([
    ['threat', 'Threatened with kitchen knife while cooking tea'],
    ['another person', 'Brother came at him with bread knife in kitchen'],
    ['carried', 'Kitchen knife in waistband, cut finger drawing it out'],
    ['hidden', 'Bread knife hidden under pillow, says for protection'],
    ['school', 'Took Stanley knife to school, cut thumb'],
    ['police', 'Cut hand on knife opening box, police in attendance'],
    ['robbery', 'Knife pulled on him for phone, cut to palm'],
    ['argument', 'Chopping onions, argument, knife wound to forearm, dad left house'],
    ['thrown', 'Mum threw butter knife, lac to cheek'],
    ['self-harm', 'Used kitchen knife on forearms, low mood'],
    ['wrists', 'Cut wrists with bread knife from the sink'],
    ['stabbed', 'Stabbed in chest with steak knife at dinner'],
    ['group', 'Group of lads, one had Stanley knife, sliced jacket'],
    ['kitchen, chase', 'Chased round kitchen with carving knife'],
    ['no reason given', 'Knife wound to hand, will not say how, kitchen'],
    ['hidden in bed', 'Bread knife under mattress, mum found it'],
    ['kept ready', 'Told crew he keeps a knife in drawer for when they come'],
    ['old scars', 'Cut arm with Stanley knife, says accident, old scars'],
    ['grabbed', 'Cut to palm, grabbed blade in kitchen'],
    ['at the door', 'Opened door, male with knife, cut finger'],
    ['kitchen alone says nothing', 'Kitchen knife in his room'],
    ['an injury alone says nothing', 'Cut finger with knife'],
    ['boyfriend', 'Boyfriend held knife to her neck, washing up still in sink'],
  ])('%s: "%s"', (_reason, words) => {
    expect(standingsIn(words)).toContain('weapon-blade counted')
  })
})

describe('a household knife and a slip are lowered or set aside', () => {
  test.each([
    ['peeling', 'Lac L index finger, peeling potatoes with knife'],
    ['kitchen knife', 'Kitchen knife slipped, lac to thumb pad'],
    ['opening', 'Opening parcel with knife, cut palm'],
    ['washing up', 'Washing up, caught finger on knife'],
    ['craft', 'Craft knife slipped making model, lac to fingertip'],
    ['Stanley knife', 'Stanley knife slipped cutting carpet with grandad'],
    ['butter knife', 'Butter knife, prising frozen burgers, hand lac'],
    ['avocado', 'Knife through palm taking stone out of avocado'],
    ['cardboard', 'Cutting up cardboard, knife caught finger'],
    ['dropped', 'Dropped knife on foot loading dishwasher'],
    ['cookery', 'Cookery club, knife nick to thumb'],
  ])('%s: "%s"', (_reason, words) => {
    expect(standingsIn(words)).toEqual([expect.stringMatching(/^weapon-blade (lowered|set-aside)$/)])
  })
})

describe('words with two meanings are read by their neighbours', () => {
  test.each([
    ['once daily', 'Lansoprazole 15mg OD', []],
    ['right eye', 'OD vision 6/12, OS 6/6', []],
    ['overdose', '?OD of paracetamol', ['self-harm-overdose counted']],
    ['overdoses', '3 ODs this year', ['self-harm-overdose counted']],
    ['injection', 'Sore arm since flu shot', []],
    ['goal', 'Dived to save a shot at goal', []],
    ['gun crime', 'Shot in thigh from passing car', ['shooting counted']],
    ['nail gun', 'Nail gun, nail through finger at work', []],
    ['glue gun', 'Burn to thumb, glue gun', []],
    ['cap gun', 'Cap gun near ear', []],
    ['piercing', 'Ear pierced with piercing gun', []],
    ['stabbing pain', 'Stabbing pain R side on breathing', []],
    ['shooting pain', 'Shooting pain down leg', []],
    ['stab incision', 'Stab incision, pus drained', []],
    ['shoulder blade', 'Tender over L shoulder blade', []],
    ['roller blades', 'Fell on roller blades', []],
    ['a line', 'PICC line site clean, arterial line out', []],
    ['a trap', 'Finger trapped in trap door', []],
    ['a plug', 'Mucus plug suctioned, plug socket', []],
    ['food', 'Off food 2/7', []],
    ['weed', 'Weed in bed twice this week', []],
    ['ketones', 'Ketones 1.2, no ket given', []],
    ['Mandy', 'Attends with aunt Mandy', []],
    ['zombie', 'Feels like a zombie since meds changed', []],
    ['cuckoo', 'Cuckoo clock fell on toe', []],
    ['gang plank', 'Slipped off gang plank of pirate ship ride', []],
    ['the country', 'Went country dancing', []],
    ['scraped', 'Knee scraped, unstable on crutches, ganglion', []],
    ['forearm', 'Foream swollen, forarm deformity', []],
    ['toy turned weapon', 'Cap gun held to head of pupil', ['weapon-gun counted']],
    ['loaded toy', 'Water pistol filled with ammonia', ['weapon-gun counted']],
    ['gang slips', 'Gnag of lads, scared', ['gang counted']],
  ] as const)('%s: "%s"', (_reason, words, expected) => {
    expect(standingsIn(words).filter(each => !each.endsWith('set-aside'))).toEqual(expected)
  })
})

describe('air guns are found by their own rule', () => {
  test.each(['BB gun', 'bb-gun', 'air rifle', 'Airsoft pistol', 'pellet gun', 'gel blaster'])('%s', gun => {
    expect(standingsIn(`${gun} to thigh, in park`)).toContain('weapon-air-gun counted')
  })

  test.each([
    ['by itself', 'BB gun to thigh, in park'],
    ['one word', 'Airgun found in school bag'],
    ['run on', 'Hit by pelletgun at fair'],
    ['behind what it did', 'Hit in back with paintball gun'],
    ['denied', 'Denies having air rifle'],
  ])('and it is no firearm as well: %s', (_reason, words) => {
    const seen = standingsIn(words).filter(each => !each.endsWith('set-aside'))
    expect(seen).toEqual([expect.stringMatching(/^weapon-air-gun (counted|lowered)$/)])
  })

  test('a shot by an older boy is seen, and so is a real gun beside an air gun', () => {
    expect(standingsIn('Shot with BB gun in the park by older boy')).toEqual([
      'shooting counted',
      'weapon-air-gun counted',
      'weapon-gun set-aside',
    ])
    expect(standingsIn('BB gun in bag, mate had a gun')).toContain('weapon-gun counted')
  })
})

describe('poisonings are found that nobody calls an overdose', () => {
  test.each([
    'Took 20 paracetamol after row with mum',
    'Swallowed handful of nans tablets',
    'Drank bleach from under sink',
    'Ingested unknown capsules',
    'Ate cannabis gummies',
    'Accidental ingestion of iron tablets',
    'Toddler found with grandads pills in mouth',
    'Self poisoning, low GCS',
  ])('%s', words => {
    expect(standingsIn(words).some(each => /^(self-harm-overdose|poisoning) counted$/.test(each))).toBe(true)
  })
  test.each(['Took 2 paracetamol for headache', 'Given ibuprofen at 1400', 'Calpol 10ml at home'])(
    'not "%s"',
    words => {
      expect(standingsIn(words)).toEqual([])
    },
  )
})

describe('who says what', () => {
  test.each([
    ['a form that says no', 'Any weapons? N', ['weapon-general set-aside']],
    ['a form that says no, in words', 'Weapons involved: No', ['weapon-general set-aside']],
    ['the writer', 'No weapon seen', ['weapon-general set-aside']],
    ['the patient', 'Denies gang links', ['gang lowered']],
    ['denied at the end', 'Self harm: denied', ['self-harm lowered']],
    ['history', 'Previous overdose 2023', ['self-harm-overdose lowered']],
    ['family', 'FH of overdose', ['self-harm-overdose lowered']],
    ['another person', 'Mum took an overdose last night', ['self-harm-overdose lowered']],
    ['advice', 'Safety-netted re overdose', ['self-harm-overdose lowered']],
    ['a question is no answer', '?knife', ['weapon-blade counted']],
    ['no memory is no denial', 'No recollection of being stabbed', ['stabbing counted']],
    ['no helmet, but a knife', 'No LOC, knife wound to back', ['weapon-blade counted']],
    ['not telling', 'Will not say who stabbed him', ['stabbing counted']],
    ['denial of pain', 'Denies pain but knife in bag', ['weapon-blade counted']],
    ['never', 'Never taken an overdose', ['self-harm-overdose set-aside']],
    ['not told', 'Mum not aware of overdose', ['self-harm-overdose counted']],
    ['not the first', 'Not first overdose', ['self-harm-overdose counted']],
    ['not excluded', 'Knife injury not excluded', ['weapon-blade counted']],
    ['mum states', 'Mum states gang outside house', ['gang counted']],
    ['alleged', 'Alleged assault', ['assault counted']],
    ['a denial retold', 'States no knife', ['weapon-blade lowered']],
    ['a denial retold, at length', 'Says he was not stabbed', ['stabbing lowered']],
    ['a denial behind a denial of pain', 'Denies LOC, stabbed in back', ['stabbing counted']],
    [
      'a new clause',
      'Denies SI, has taken 20 paracetamol',
      ['self-harm lowered', 'self-harm-overdose counted'],
    ],
    ['a list of denials', 'Denies headache or overdose', ['self-harm-overdose lowered']],
    ['no denial', 'Does not deny having a knife', ['weapon-blade counted']],
    [
      'a form in one line',
      'Alcohol: N  Self harm: N  Safeguarding: N',
      ['self-harm set-aside', 'substances-alcohol set-aside'],
    ],
    ['a form with slashes', 'suicidal: nil / self-harm: nil', ['self-harm set-aside']],
    ['a year that is over', 'Overdose in 2021', ['self-harm-overdose lowered']],
    ['a date of birth', 'Overdose. DOB 2011', ['self-harm-overdose counted']],
    ['months ago', 'Stabbed 8/12 ago', ['stabbing lowered']],
    ['days ago', 'Assaulted 3/7 ago', ['assault counted']],
    ['an old wound', 'Old stab wound', ['stabbing lowered']],
    ['an old child', '15 year old stabbed', ['stabbing counted']],
    ['a former member', 'Ex-gang member', ['gang lowered']],
    ['a former partner', 'Ex-partner stabbed her', ['stabbing counted']],
    ['what the history is about', 'Hx: alleged assault', ['assault counted']],
    ['a brother hurt', 'Brother was stabbed', ['stabbing lowered']],
    ['a brother who hurts', 'Brother stabbed him', ['stabbing counted']],
    ['a mother who worries', 'Mum is worried about self harm', ['self-harm counted']],
    ['a gun in somebody’s hands', 'Mate had a gun', ['weapon-gun counted']],
    ['a threat is no advice', 'If I see him I will stab him', ['stabbing counted']],
    ['advice', 'To return if suicidal', ['self-harm lowered']],
    ['a talk about it', 'Upset by knife crime talk', ['weapon-blade lowered']],
    ['exploited all the same', 'Denies county lines', ['exploitation-county-lines counted']],
  ] as const)('%s: "%s"', (_reason, words, expected) => {
    expect(standingsIn(words)).toEqual(expected)
  })
})
