import { isMap, isScalar, isSeq, type Node, visit, type YAMLMap } from 'yaml'
import { nearestWord } from '../text/nearest-word.ts'
import { allRead, readText } from './read-value.ts'
import { entriesOf, refuse, requireSettings, type Setting, settingsOf, type Value } from './settings.ts'

/** The words of each list of `word-lists.yaml`. */
export type WordLists = ReadonlyMap<string, readonly string[]>

/** With the words of its lists. More are no wording that anybody has read. */
const wordsMax = 1_000

/**
 * Words, and lists of words by their names, such as `[{list: violence}, wrist]`. Answers words alone, in the order
 * written. Where the lists are null their file is broken, which is told there, and no name is judged.
 */
export function readListedWords(
  setting: Setting | undefined,
  lists: WordLists | null,
): readonly string[] | null {
  if (setting === undefined) return []
  const entries = entriesOf(setting)
  const read = entries?.map(entry => (isMap(entry.node) ? readList(entry, lists) : readWord(entry)))
  const words = read === undefined ? null : allRead(read)?.flat()
  if (!words) return null
  if (words.length <= wordsMax) return words
  return refuse(setting, {
    code: 'W019',
    message: `\`${setting.name}\` has ${words.length} words with those of its lists: at most ${wordsMax}`,
  })
}

function readWord(entry: Value): readonly string[] | null {
  const word = readText(entry, { min: 1, max: 80 })
  return word === null ? null : [word]
}

function readList({ source, node }: Value, lists: WordLists | null): readonly string[] | null {
  const settings = settingsOf(source, node, ['list'])
  const setting = settings.get('list')
  if (!requireSettings(source, { node, settings, names: ['list'] }) || setting === undefined) return null
  const name = readText(setting, { min: 1, max: 60 })
  if (name === null) return null
  if (lists === null) return []
  return lists.get(name) ?? refuse(setting, unknownList(name, [...lists.keys()]))
}

function unknownList(name: string, names: readonly string[]) {
  const meant = nearestWord(name, names)
  return {
    code: 'W028',
    message: `no word list is called \`${name}\``,
    ...(meant === null ? {} : { hint: `did you mean \`${meant}\`?` }),
    help:
      names.length === 0
        ? 'write the list into word-lists.yaml, beside the rules'
        : `word-lists.yaml holds: ${names.join(', ')}`,
  }
}

/** The names of the lists that a file uses. */
export function listsNamedIn(root: YAMLMap): readonly string[] {
  const names: string[] = []
  visit(root, {
    Map: (_key, node) => {
      const name = nameOfList(node)
      if (name !== null) names.push(name)
    },
  })
  return names
}

type Path = readonly (string | number)[]

/** A path to a word, as its file has it: there a whole list is one entry. */
export function pathAsWritten(at: { path: Path; root: YAMLMap; lists: WordLists | null }): Path {
  const { path, root, lists } = at
  const place = path.at(-1)
  const written = root.getIn(path.slice(0, -1), true)
  if (typeof place !== 'number' || !isSeq<Node>(written)) return path
  let count = 0
  const index = written.items.findIndex(entry => {
    const name = nameOfList(entry)
    count += name === null ? 1 : (lists?.get(name)?.length ?? 0)
    return place < count
  })
  return [...path.slice(0, -1), index]
}

function nameOfList(node: unknown): string | null {
  const name = isMap(node) ? node.get('list', true) : undefined
  return isScalar(name) && typeof name.value === 'string' ? name.value.trim() : null
}
