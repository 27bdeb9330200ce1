import type { ExportFormat, ExportKind } from '../../services/export-port.ts'
import type { Day, Instant } from './columns.ts'

/** A list that somebody took out of Wren, for ever. */
export interface ExportTable {
  id: string
  kind: ExportKind
  format: ExportFormat
  day: Day
  referral_ids: string[]
  purpose: string
  who: string
  at: Instant
}
