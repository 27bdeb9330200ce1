import { slotOf } from './groups.ts'
import { lettersMax, partAt, partMax, takeWord } from './word-at-hand.ts'

/** A run-on holds a form of three letters at least. */
export const runOnPartMin = 3

/** Known words have fewer letters than this, so a longer token is no run-on of a form and a known word. */
export const runOnRestMax = 32

/** Whether the letters `from` to `to` (not included) of the word at hand may run on with a form. */
export type IsRest = (from: number, to: number) => boolean

/** Forms that may stand at the start or at the end of a word, beside another one: "KNIFEDX". */
export interface RunOnForms {
  readonly starts: Marks
  readonly ends: Marks
}

/** No form is missed. Few strangers are taken for one, and only where what stands beside them is a word. */
interface Marks {
  /** By the three outer letters, a bit for each length that forms with them have. */
  readonly lengths: Int32Array
  /** By length and the six inner letters, a bit for each form. */
  readonly forms: Int32Array
  readonly shift: number
}

const triples = 1 << 12

/** Longer forms share the last bit of their lengths. */
const longForm = 31

export function markRunOnForms(words: readonly string[]): RunOnForms {
  const whole = words.filter(word => runOnPartMin <= word.length && word.length <= lettersMax)
  // Thirty-two bits a form at least; five bits of a slot are the place in a number.
  const shift = Math.min(32 - 5, Math.clz32(whole.length + 1) - 5)
  const makeMarks = (): Marks => ({
    lengths: new Int32Array(triples),
    forms: new Int32Array(2 ** (32 - shift - 5)),
    shift,
  })
  const [starts, ends] = [makeMarks(), makeMarks()]
  for (const word of whole) {
    const length = takeWord(word)
    const inner = Math.min(partMax, length)
    mark(starts, partAt(0, 3), { length, inner: partAt(length - inner, inner) })
    mark(ends, partAt(length - 3, 3), { length, inner: partAt(0, inner) })
  }
  return { starts, ends }
}

function mark(
  { lengths, forms, shift }: Marks,
  outer: number,
  form: { length: number; inner: number },
): void {
  const triple = outer & (triples - 1)
  lengths[triple] = (lengths[triple] ?? 0) | (1 << Math.min(form.length, longForm))
  const slot = slotOf(formKey(form.inner, form.length), shift)
  forms[slot >>> 5] = (forms[slot >>> 5] ?? 0) | (1 << (slot & 31))
}

function formKey(inner: number, length: number): number {
  return inner ^ Math.imul(length, 0x85ebca6b)
}

/** A form stands at the start or the end, and beside it one letter at least. */
export function isRunOn({ starts, ends }: RunOnForms, isRest: IsRest, length: number): boolean {
  if (length <= runOnPartMin) return false
  return (
    standsBeside(starts, partAt(0, 3), length, false, isRest) ||
    standsBeside(ends, partAt(length - 3, 3), length, true, isRest)
  )
}

/** Numbers in place of an object: this runs twice for every unknown word. */
function standsBeside(
  { lengths, forms, shift }: Marks,
  outer: number,
  length: number,
  isEnd: boolean,
  isRest: IsRest,
): boolean {
  const shorter = length > longForm ? -1 : (1 << length) - 1
  let left = (lengths[outer & (triples - 1)] ?? 0) & shorter
  while (left !== 0) {
    const form = 31 - Math.clz32(left)
    if (form === longForm) return true
    left ^= 1 << form
    const inner = form < partMax ? form : partMax
    const slot = slotOf(formKey(partAt(isEnd ? length - form : form - inner, inner), form), shift)
    if ((((forms[slot >>> 5] ?? 0) >>> (slot & 31)) & 1) === 0) continue
    if (isEnd ? isRest(0, length - form) : isRest(form, length)) return true
  }
  return false
}
