import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import * as firstTables from './migrations/0001-first-tables.ts'
import * as consumerOffsets from './migrations/0002-consumer-offsets.ts'
import * as signOff from './migrations/0003-sign-off.ts'
import * as secondReading from './migrations/0004-second-reading.ts'
import * as search from './migrations/0005-search.ts'
import * as repeatAttendance from './migrations/0006-repeat-attendance.ts'
import * as replay from './migrations/0008-replay.ts'
import * as proofOfDay from './migrations/0009-proof-of-day.ts'
import * as partsAndMerges from './migrations/0010-parts-and-merges.ts'
import * as reviewWork from './migrations/0011-review-work.ts'
import * as draftsAndSuggestions from './migrations/0012-drafts-and-suggestions.ts'
import * as replacedVersions from './migrations/0013-replaced-versions.ts'
import * as referralMoves from './migrations/0014-referral-moves.ts'
import * as referralForms from './migrations/0015-referral-forms.ts'
import * as referralOutcomes from './migrations/0016-referral-outcomes.ts'
import * as savedViews from './migrations/0018-saved-views.ts'
import * as household from './migrations/0019-household.ts'
import * as exports from './migrations/0020-exports.ts'
import * as answersAwaited from './migrations/0021-answers-awaited.ts'
import type { Tables } from './tables.ts'

/** By name, and so in order. */
const migrations = {
  '0001-first-tables': firstTables,
  '0002-consumer-offsets': consumerOffsets,
  '0003-sign-off': signOff,
  '0004-second-reading': secondReading,
  '0005-search': search,
  '0006-repeat-attendance': repeatAttendance,
  '0008-replay': replay,
  '0009-proof-of-day': proofOfDay,
  '0010-parts-and-merges': partsAndMerges,
  '0011-review-work': reviewWork,
  '0012-drafts-and-suggestions': draftsAndSuggestions,
  '0013-replaced-versions': replacedVersions,
  '0014-referral-moves': referralMoves,
  '0015-referral-forms': referralForms,
  '0016-referral-outcomes': referralOutcomes,
  '0018-saved-views': savedViews,
  '0019-household': household,
  '0021-answers-awaited': answersAwaited,
  '0020-exports': exports,
}

/** Brings the tables up to date, one process at a time: the migrator holds an advisory lock of PostgreSQL. */
export async function migrate(database: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => migrations } })
  const { error, results } = await migrator.migrateToLatest()
  if (error === undefined) return
  const failed = results?.find(result => result.status === 'Error')
  if (failed === undefined) throw error // not begun: the database cannot be reached, or a newer Wren made it
  throw new Error(`The database could not be brought up to date (${failed.migrationName}).`, { cause: error })
}
