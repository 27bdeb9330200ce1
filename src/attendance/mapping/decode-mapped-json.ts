import type { Decoded, UnreadableReason } from '../attendance.ts'
import { messageBytesMax } from '../decode-json.ts'
import { decodeText } from '../decode-text.ts'
import type { DraftedMessage } from '../draft.ts'
import { countMembers, measureJson } from '../json-structure.ts'
import { applyMapping } from './apply-mapping.ts'
import { finishMapped, type MappedOptions } from './finish-mapped.ts'
import { readJsonRecord } from './json-path.ts'

const depthMax = 64

/** Reads one attendance in an engine's own JSON, by the paths of a mapping. Never throws, whatever the bytes. */
export function decodeMappedJson(bytes: Uint8Array, options: MappedOptions): Decoded {
  return finishMapped(draftMappedJson(bytes, options), options)
}

/** What a message tells, before its values are checked. */
export function draftMappedJson(
  bytes: Uint8Array,
  { mapping }: Pick<MappedOptions, 'mapping'>,
): DraftedMessage {
  const refuse = (problem: string, reason: UnreadableReason = 'decode'): DraftedMessage => ({
    ...{ kind: 'unreadable', reason, problem, source: mapping.source },
  })
  if (bytes.length > messageBytesMax) {
    return refuse(`the message has ${bytes.length} bytes: at most ${messageBytesMax} are read`, 'too_large')
  }
  const text = decodeText(bytes)
  const { members, tooDeep } = measureJson(text, depthMax)
  if (tooDeep) return refuse(`the message is nested more than ${depthMax} levels deep`)
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse('the message is no JSON object { … }')
  }
  if (countMembers(value) !== members)
    return refuse('a key stands twice in the same object: which one is meant?')
  const mapped = applyMapping(mapping, readJsonRecord(value))
  if ('problem' in mapped) return refuse(mapped.problem, 'schema')
  return { kind: 'draft', draft: mapped.draft }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // the engine's message may quote the text
  }
}
