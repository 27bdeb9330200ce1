import type { RecordReader } from './record-reader.ts'

/**
 * path = ["$."] step *( "." step )
 * step = name *( "[" index "]" ) ["[*]"], or `["name with dots"]` in place of a name
 *
 * "[*]" stands at the end alone, and names the elements of a list.
 */
const stepForm = /\["([^"]+)"\]|\[(\d{1,6})\]|\[\*\]|\.?([^.[\]]+)/gy

/** Reads paths of one JSON value. */
export function readJsonRecord(value: unknown): RecordReader {
  return {
    textAt(path) {
      const found = valueAt(value, path)
      if (found === null || found === undefined) return null
      if (typeof found === 'string') return found
      if (typeof found === 'boolean') return String(found)
      // Beyond 2^53 the digits that were sent are lost already.
      if (typeof found === 'number' && Number.isSafeInteger(found)) return String(found)
      return {
        problem:
          typeof found === 'number'
            ? `"${path}" holds a number that is no whole number, or too large to keep its digits: send it in quotes`
            : `"${path}" holds a list or an object: expected a text`,
      }
    },
    each(path) {
      const found = valueAt(value, path.replace(/\[\*\]$/, ''))
      return Array.isArray(found) ? found.map(readJsonRecord) : []
    },
  }
}

/** The steps of a path, or null where it is none. */
export function stepsOf(path: string): readonly (string | number)[] | null {
  const text = path.replace(/^\$\.?/, '')
  const steps: (string | number)[] = []
  let at = 0
  for (const found of text.matchAll(stepForm)) {
    if (found[0] === '[*]') return null
    steps.push(found[2] === undefined ? (found[1] ?? found[3] ?? '') : Number(found[2]))
    at = found.index + found[0].length
  }
  return at === text.length && steps.length > 0 ? steps : null
}

function valueAt(value: unknown, path: string): unknown {
  let found = value
  for (const step of stepsOf(path) ?? []) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return null
    found = Reflect.get(found, step)
  }
  return found
}
