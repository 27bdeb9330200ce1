import { isScalar } from 'yaml'
import { nearestWord } from '../text/nearest-word.ts'
import { charactersOf } from './position.ts'
import { entriesOf, refuse, type Setting, type Value } from './settings.ts'

interface Bounds {
  readonly min: number
  readonly max: number
}

/** A text on its own. `code` is the fault's code where the text is too short or too long. */
export function readText(
  value: Value,
  { min, max, code = 'W019' }: Bounds & { code?: string },
): string | null {
  if (!isScalar(value.node)) return notText(value)
  const { value: text } = value.node
  if (typeof text !== 'string') return notText(value)
  const length = charactersOf(text.trim()).length
  if (min <= length && length <= max) return text.trim()
  return refuse(value, {
    code,
    message:
      code === 'W011'
        ? `say why in ${min} characters or more, at most ${max}: here are ${length}`
        : `\`${value.name}\` needs ${min} to ${max} characters: here are ${length}`,
  })
}

/** A list of texts, each of at most 80 characters with something in it that a note can hold. */
export function readWords(setting: Setting | undefined, { min, max }: Bounds): readonly string[] | null {
  if (setting === undefined) return []
  const entries = entriesOf(setting)
  if (entries === null) return null
  const words = entries.map(entry => readText(entry, { min: 1, max: 80 }))
  if (entries.length < min || entries.length > max) {
    return refuse(setting, {
      code: 'W019',
      message: `\`${setting.name}\` needs ${min} to ${max} entries: here are ${entries.length}`,
    })
  }
  return allRead(words)
}

/** A whole number within bounds. */
export function readNumber(
  value: Value,
  { min, max, code = 'W019' }: Bounds & { code?: string },
): number | null {
  const number = isScalar(value.node) ? value.node.value : null
  if (typeof number === 'number' && Number.isInteger(number) && min <= number && number <= max) return number
  return refuse(value, { code, message: `\`${value.name}\` must be a whole number from ${min} to ${max}` })
}

/** One of the allowed words. */
export function readChoice<Choice extends string>(value: Value, allowed: readonly Choice[]): Choice | null {
  const typed = isScalar(value.node) ? value.node.value : null
  const found = allowed.find(choice => choice === typed)
  if (found !== undefined) return found
  const meant = typeof typed === 'string' ? nearestWord(typed, allowed) : null
  return refuse(value, {
    code: 'W013',
    message: `not a ${isTreatment(value.name) ? 'treatment' : value.name}`,
    ...(meant === null ? {} : { hint: `did you mean \`${meant}\`?` }),
    help: `allowed here: ${allowed.join(', ')}`,
  })
}

/** What becomes of a mention: `when_denied`, and `then` of an ignore. */
function isTreatment(name: string): boolean {
  return name === 'then' || name.startsWith('when_')
}

export function readYes(value: Value): boolean | null {
  const typed = isScalar(value.node) ? value.node.value : null
  if (typeof typed === 'boolean') return typed
  return refuse(value, { code: 'W015', message: `\`${value.name}\` must be true or false` })
}

/** All or nothing: a list with an unreadable entry is not a shorter list. */
export function allRead<Read>(read: readonly (Read | null)[]): readonly Read[] | null {
  const whole = read.filter(each => each !== null)
  return whole.length === read.length ? whole : null
}

function notText(value: Value): null {
  return refuse(value, {
    code: 'W015',
    message: `\`${value.name}\` expects text here`,
    help: 'put "quotes" around numbers, and around true, false, null and text with a colon',
  })
}
