import type { HeldEvent, SourceNotice } from '../../services/screening.ts'
import { parseFields, parseJson } from './event-fields.ts'
import { heldEventOf } from './held-codec.ts'
import { noticeEvent } from './notice-codec.ts'

/** What the topic of flags brings: an attendance to hold, or what its source says about one. */
export type FlagEvent =
  | { readonly kind: 'held'; readonly held: HeldEvent }
  | { readonly kind: 'notice'; readonly notice: SourceNotice }

export function decodeFlagEvent(bytes: Uint8Array | null): FlagEvent {
  const value = parseJson('flag event', bytes)
  if (typeof value === 'object' && value !== null && 'notice' in value) {
    return { kind: 'notice', notice: parseFields('notice', noticeEvent, value).notice }
  }
  return { kind: 'held', held: heldEventOf(value) }
}
