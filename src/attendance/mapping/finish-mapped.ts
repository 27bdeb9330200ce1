import type { Decoded } from '../attendance.ts'
import { type DraftedMessage, finishDraft } from '../draft.ts'
import { nameInMapping } from './apply-mapping.ts'
import type { Mapping } from './mapping.ts'

export interface MappedOptions {
  readonly mapping: Mapping
  /** ODS code of the trust where a message names none. */
  readonly defaultTrust: string
  /** When the message came: an ISO instant. */
  readonly receivedAt: string
}

/** Checks what was read by a mapping; problems name the mapping's own columns and paths. */
export function finishMapped(drafted: DraftedMessage, options: MappedOptions): Decoded {
  if (drafted.kind === 'unreadable') return drafted
  return finishDraft(drafted.draft, { ...options, nameOf: field => nameInMapping(options.mapping, field) })
}
