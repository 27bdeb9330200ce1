import { isScalar, isSeq } from 'yaml'
import { allRead, readNumber, readText, readWords } from './read-value.ts'
import type { MatchEntry, PhraseEntry, ShortEntry, WordEntry } from './rule.ts'
import { entriesOf, refuse, type Setting, type Settings, settingsOf, type Value } from './settings.ts'

const settingsOfKind = {
  word: ['word', 'forms', 'variants', 'misspellings'],
  phrase: ['phrase', 'within'],
  short: ['short', 'unless_before', 'unless_after'],
} as const
const kinds = ['word', 'phrase', 'short'] as const

/** One entry of `match`. It has exactly one of `word`, `phrase` and `short`, which says what else may stand there. */
export function parseMatchEntry(entry: Value): MatchEntry | null {
  const { source, node, nodePlace } = entry
  const kind = kinds.find(each => 'has' in node && typeof node.has === 'function' && node.has(each))
  const settings = settingsOf(source, node, kind === undefined ? kinds : settingsOfKind[kind])
  const setting = kind === undefined ? undefined : settings.get(kind)
  if (kind === undefined || setting === undefined) {
    const end = source.file.text.indexOf('\n', nodePlace[0])
    source.report([nodePlace[0], end < 0 ? nodePlace[1] : end], {
      code: 'W020',
      message: 'an entry of `match` needs one of `word`, `phrase` and `short`',
      help: 'write, for example, "- word: knife"',
    })
    return null
  }
  if (kind === 'word') return readWordEntry(setting, settings)
  if (kind === 'phrase') return readPhraseEntry(setting, settings)
  return readShortEntry(setting, settings)
}

function readWordEntry(setting: Setting, settings: Settings): WordEntry | null {
  const word = readWord(setting)
  const formsSetting = settings.get('forms')
  const forms = formsSetting === undefined ? [] : readForms(formsSetting)
  const variants = readWords(settings.get('variants'), { min: 1, max: 100 })
  const misspellings = readMisspellings(settings.get('misspellings'))
  if (word === null || forms === null || variants === null || misspellings === null) return null
  const fuzzy = settings.get('misspellings')
  if (fuzzy !== undefined && (misspellings === 1 || misspellings === 2) && word.length <= 4) {
    fuzzy.source.report(fuzzy.nodePlace, {
      code: 'W040',
      severity: 'warning',
      message: `\`${word}\` is short: with ${misspellings} edits it is found in many other words`,
      help: 'list the real slips under `variants` instead',
    })
  }
  return { kind: 'word', word, forms, variants, misspellings }
}

function readForms(setting: Setting): readonly string[] | null {
  const entries = entriesOf(setting)
  return entries === null ? null : allRead(entries.map(readWord))
}

/** One word. A space would never be found, for a note is read word by word. */
function readWord(value: Value): string | null {
  const word = readText(value, { min: 1, max: 40 })
  if (word === null) return null
  if (/[\s/-]/.test(word)) {
    const items = word.split(/[\s/-]+/).filter(item => item !== '')
    return refuse(value, {
      code: 'W022',
      message: `\`${value.name}\` is one word: use \`phrase\` for several`,
      hint: `phrase: [${items.join(', ')}]`,
    })
  }
  return holdsLetters(value, word)
}

function holdsLetters(value: Value, text: string): string | null {
  if (/[\p{L}\p{N}]/u.test(text)) return text
  return refuse(value, {
    code: 'W023',
    message: 'nothing here that a note could hold: no letter and no digit',
  })
}

function readMisspellings(setting: Setting | undefined): WordEntry['misspellings'] | null {
  if (setting === undefined) return 'auto'
  const typed = isScalar(setting.node) ? setting.node.value : null
  if (typed === 'auto' || typed === 0 || typed === 1 || typed === 2) return typed
  return refuse(setting, {
    code: 'W013',
    message: 'not a number of edits',
    help: 'allowed here: auto, 0, 1, 2',
  })
}

function readPhraseEntry(setting: Setting, settings: Settings): PhraseEntry | null {
  const entries = entriesOf(setting)
  const items = entries === null ? null : allRead(entries.map(readPhraseItem))
  const withinSetting = settings.get('within')
  const within = withinSetting === undefined ? undefined : readNumber(withinSetting, { min: 2, max: 20 })
  if (items === null || within === null) return null
  if (items.length < 2 || items.length > 8) {
    return refuse(setting, { code: 'W019', message: `a phrase needs 2 to 8 items: here are ${items.length}` })
  }
  if (items[0] === '*' || items.at(-1) === '*') {
    return refuse(setting, { code: 'W023', message: 'a phrase starts and ends with a word, not with "*"' })
  }
  const words = items.filter(item => item !== '*').length
  if (within !== undefined && withinSetting !== undefined && within < words) {
    return refuse(withinSetting, {
      code: 'W019',
      message: `\`within\` is ${within}, and the phrase alone has ${words} words`,
    })
  }
  return { kind: 'phrase', items, within: within ?? null }
}

function readPhraseItem(entry: Value): readonly string[] | '*' | null {
  if (isSeq(entry.node)) {
    const alternatives = entriesOf(entry)
    if (alternatives === null) return null
    if (alternatives.length === 0) {
      return refuse(entry, { code: 'W019', message: 'a list of alternatives needs at least one word' })
    }
    return allRead(alternatives.map(readPhraseWord))
  }
  if (isScalar(entry.node) && entry.node.value === '*') return '*'
  const word = readPhraseWord(entry)
  return word === null ? null : [word]
}

function readPhraseWord(value: Value): string | null {
  const word = readText(value, { min: 1, max: 40 })
  if (word === null) return null
  if (/[\s/-]/.test(word)) {
    return refuse(value, {
      code: 'W022',
      message: 'each item of a phrase is one word',
      help: 'write the words as items of their own, or as phrases of their own',
    })
  }
  return holdsLetters(value, word)
}

function readShortEntry(setting: Setting, settings: Settings): ShortEntry | null {
  const short = readText(setting, { min: 2, max: 10 })
  const unlessBefore = readWords(settings.get('unless_before'), { min: 1, max: 100 })
  const unlessAfter = readWords(settings.get('unless_after'), { min: 1, max: 100 })
  if (short === null || unlessBefore === null || unlessAfter === null) return null
  if (/\s/.test(short)) return refuse(setting, { code: 'W022', message: '`short` is one word as written' })
  return holdsLetters(setting, short) === null ? null : { kind: 'short', short, unlessBefore, unlessAfter }
}
